using System.Globalization;
using System.Text.RegularExpressions;

namespace Keyless.Emulator.Authority;

/// <summary>The refusals of the token endpoint, by the numbers that Entra gives them.</summary>
internal static partial class EntraErrors
{
    private const string InvalidRequest = "invalid_request";
    private const string InvalidClient = "invalid_client";
    private const string InvalidScope = "invalid_scope";

    public static EntraError UnknownInstance { get; } =
        new(400, "invalid_instance", 50049, "Unknown or invalid instance. The only one here is the emulator itself.");

    public static EntraError MissingCredential { get; } = new(
        401,
        InvalidClient,
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");

    public static EntraError MalformedAssertion { get; } =
        new(400, InvalidRequest, 50027, "JWT token is invalid or malformed: the client assertion cannot be decoded.");

    public static EntraError WrongMethod(string method) =>
        new(405, InvalidRequest, 900561, $"The endpoint only accepts POST requests. Received a {method} request.");

    public static EntraError UnknownTenant(string tenant) =>
        new(400, InvalidRequest, 90002, $"Tenant '{Cut(tenant)}' not found. The emulator has no tenant of this id.");

    public static EntraError MissingParameter(string name) =>
        new(400, InvalidRequest, 900144, $"The request body must contain the following parameter: '{name}'.");

    public static EntraError BadParameter(string name, string remedy) =>
        new(400, InvalidRequest, 90100, $"The parameter '{name}' is not valid. {remedy}");

    public static EntraError UnknownGrant(string grant) => new(
        400, "unsupported_grant_type", 70003, $"The grant type '{Cut(grant)}' is not supported. Use client_credentials.");

    public static EntraError UnknownApplication(string clientId, string tenant) => new(
        400, "unauthorized_client", 700016, $"Application with identifier '{Cut(clientId)}' was not found in the directory '{tenant}'.");

    public static EntraError WrongSecret(Guid clientId) =>
        new(401, InvalidClient, 7000215, $"Invalid client secret provided for the application '{clientId}'.");

    public static EntraError SeveralScopes(string scope) => new(
        400, InvalidScope, 70011, $"The provided value for the input parameter 'scope' is not valid: '{Cut(scope)}' names more than one.");

    public static EntraError NotDefaultScope(string scope) => new(
        400,
        InvalidScope,
        1002012,
        $"The provided value for scope '{Cut(scope)}' is not valid. An application asks for a resource followed by /.default.");

    public static EntraError AssertionOutOfTime(string what) =>
        new(401, InvalidClient, 700024, $"Client assertion is not within its valid time range. {what}");

    public static EntraError CertificateOutOfTime(string thumbprint) =>
        new(401, InvalidClient, 1000502, $"The certificate with thumbprint {thumbprint} is not within its validity period.");

    public static EntraError AssertionOfAnother(Guid clientId) => new(
        401,
        InvalidClient,
        700021,
        $"Client assertion application identifier does not match the client_id '{clientId}': set iss and sub to it.");

    public static EntraError AssertionForAnother(string audience) => new(
        401,
        InvalidClient,
        700023,
        $"Client assertion audience '{Cut(audience)}' is not that of this endpoint. Set aud to the token endpoint.");

    public static EntraError BadAssertionSignature(string reason) =>
        new(401, InvalidClient, 700027, $"Client assertion contains an invalid signature. {reason}");

    public static EntraError UnsupportedAlgorithm(string? algorithm) => new(
        400, InvalidRequest, 50027, $"JWT token is invalid or malformed: the algorithm '{Cut(algorithm ?? "")}' is not supported.");

    public static EntraError NoFederatedCredential(Guid clientId) => new(
        401, InvalidClient, 70021, $"No matching federated identity record found: the application '{clientId}' has none at all.");

    public static EntraError NoFederatedIssuer(string? issuer, IEnumerable<string> known) => Unmatched(700211, "issuer", issuer, known);

    public static EntraError NoFederatedSubject(string? subject, IEnumerable<string> known) => Unmatched(700213, "subject", subject, known);

    public static EntraError NoFederatedAudience(string? audience, IEnumerable<string> known) =>
        Unmatched(700212, "audience", audience, known);

    public static EntraError UnreachableIssuer(string issuer) => new(
        400,
        InvalidRequest,
        90061,
        $"The metadata of the issuer '{Cut(issuer)}' cannot be fetched: the emulator asks no one, and knows its own tenants' keys alone.");

    public static EntraError BadFederatedSignature { get; } =
        new(401, InvalidClient, 50013, "Assertion failed signature validation: no published key of its issuer has signed it.");

    /// <summary>The error whose number a text begins with. Null: it begins with none.</summary>
    public static EntraError? FromText(int status, string error, string text)
    {
        var match = NumberedText().Match(text);
        return match.Success && int.TryParse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new EntraError(status, error, code, match.Groups["text"].Value)
            : null;
    }

    private static EntraError Unmatched(int code, string what, string? presented, IEnumerable<string> known) => new(
        401,
        InvalidClient,
        code,
        $"No matching federated identity record found for presented assertion {what} '{Cut(presented ?? "")}'. "
        + $"The application's federated credentials name '{string.Join("', '", known.Distinct(StringComparer.Ordinal))}'.");

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200] + "…";

    [GeneratedRegex("^AADSTS(?<code>[0-9]{5,9}): ?(?<text>.*)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedText();
}
