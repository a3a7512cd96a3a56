using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>A Service Fabric managed cluster's application: TLS with a self-signed certificate that a variable names.</summary>
internal sealed class ServiceFabricEndpoint(VirtualHost host, X509Certificate2 certificate, string? secret) : IEndpoint, IDisposable
{
    private const string NewestVersion = "2020-05-01";

    private static readonly string[] Versions = ["2019-07-01-preview", NewestVersion];
    private static readonly SelectorParameter[] Selectors = [new("principalId", SelectorKind.ObjectId)];

    private readonly SecretHeader _secret = SecretHeader.Create("secret", secret);

    public string Path => "/metadata/identity/oauth2/token";

    public X509Certificate2 Certificate => certificate;

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IDENTITY_ENDPOINT"] = endpoint.AbsoluteUri,
        ["IDENTITY_HEADER"] = _secret.Reveal(),
        ["IDENTITY_SERVER_THUMBPRINT"] = certificate.GetCertHashString(HashAlgorithmName.SHA1),
        ["IDENTITY_API_VERSION"] = NewestVersion,
    };

    public RequestFacts Describe(EndpointRequest request) => request.IsFor(Path)
        ? RequestFacts.Of(Leg.Token, host.Choose(request.Query, Selectors), request.Query["resource"])
        : new RequestFacts(Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => Error(status, code, text);

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsFor(Path))
            return Error(404, "NotFound", Misdirection.NothingAt(request, SourceKind.ServiceFabric, Path));
        if (!request.IsGet)
            return Error(405, "MethodNotAllowed", $"Tokens are asked for with GET, not {request.Method}.").WithHeader("Allow", "GET");
        if (_secret.IsMissingFrom(request.Headers))
            return Error(400, "SecretHeaderNotFound", "The header secret is missing.");
        if (!_secret.Matches(request.Headers))
            return Error(404, "ManagedIdentityNotFound", "No application of this cluster has the secret that the request holds.");

        var version = request.Query["api-version"];
        if (!Versions.Contains(version))
            return Error(400, "InvalidApiVersion", $"The api-version '{version}' is not supported. Use {string.Join(" or ", Versions)}.");
        if (request.Query["resource"] is not { } resource)
            return Error(400, "ArgumentNullOrEmpty", "The parameter resource is missing.");

        var choice = host.Choose(request.Query, Selectors);
        if (choice.Identity is not { } identity)
        {
            return choice.Outcome == ChoiceOutcome.SeveralSelectors
                ? Error(400, "InvalidArgument", choice.Refusal)
                : Error(404, "ManagedIdentityNotFound", choice.Refusal);
        }

        if (host.FindRefusal(resource, identity) is { } refusal)
            return Error(400, "InvalidResource", refusal.Description);

        var wish = new TokenWish(host.Tenant, host.SubjectOf(identity), resource)
        {
            Capabilities = CapabilitiesIn(request.Query["xms_cc"]),
            RefusedSha256 = request.Query["token_sha256_to_refresh"],
        };
        var token = await host.TakeTokenAsync(request, wish, cancellationToken).ConfigureAwait(false);
        return Success(token, resource);
    }

    public void Dispose() => certificate.Dispose();

    private static string[] CapabilitiesIn(string? list) =>
        list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static EndpointAnswer Error(int status, string code, string message) => EndpointAnswer.Json(status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("correlationId", Guid.NewGuid());
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static EndpointAnswer Success(IssuedToken token, string resource) => EndpointAnswer.Holding(token, json =>
    {
        json.WriteString("token_type", "Bearer");
        json.WriteString("access_token", token.Text);
        json.WriteNumber("expires_on", token.ExpiresOn.ToUnixTimeSeconds());
        json.WriteString("resource", resource);
    });
}
