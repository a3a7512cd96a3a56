using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>Whether a client is the application that it says it is.</summary>
internal sealed class ClientAuthentication(Issuers issuers, FederatedAssertion federated, EmulatorClock clock)
{
    /// <summary>How strong a proof by a secret is, and one by a certificate or a token, as tokens say it.</summary>
    private const string BySecret = "1";
    private const string ByAssertion = "2";

    /// <returns>The error; or, if there is none, how the application has proved itself.</returns>
    public (EntraError? Error, string Strength) Check(ClientRequest request, ApplicationEntry application)
    {
        if (request.Assertion is not { } text)
        {
            return request.Secret is { } secret
                ? (ClientSecret.FindFault(application, secret), BySecret)
                : (EntraErrors.MissingCredential, "");
        }

        if (request.AssertionType is null)
            return (EntraErrors.MissingParameter("client_assertion_type"), "");
        if (request.AssertionType != ClientRequest.JwtBearer)
            return (EntraErrors.BadParameter("client_assertion_type", $"Use {ClientRequest.JwtBearer}."), "");
        if (ParsedToken.TryParse(text) is not { } assertion)
            return (EntraErrors.MalformedAssertion, "");

        var error = IsOwn(assertion, application)
            ? CertificateAssertion.FindFault(application, assertion, Audiences(application.Tenant), clock.TokenNow)
            : federated.FindFault(application, assertion, clock.TokenNow);
        return (error, ByAssertion);
    }

    // A token that the application says it has made itself; or must have, since it accepts nobody else's.
    private static bool IsOwn(ParsedToken assertion, ApplicationEntry application) =>
        string.Equals(assertion.Text("iss"), application.ClientId.ToString(), StringComparison.OrdinalIgnoreCase)
        || application.Options is { FederatedCredentials.Count: 0, Certificates.Count: > 0 };

    private string[] Audiences(EmulatedTenant tenant)
    {
        var bases = new[] { $"{tenant.Id}", "common", "organizations" }
            .Select(segment => new Uri(issuers.BaseAddress, segment).AbsoluteUri);
        return
        [
            .. bases.SelectMany(authority => new[]
            {
                authority, $"{authority}/v2.0", authority + AuthorityPaths.TokenV1, authority + AuthorityPaths.TokenV2,
            }),
            issuers.V1(tenant.Id),
            issuers.V2(tenant.Id),
        ];
    }
}
