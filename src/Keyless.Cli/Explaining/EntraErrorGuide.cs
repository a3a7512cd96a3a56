using System.Globalization;

namespace Keyless.Cli.Explaining;

/// <summary>The errors of Entra ID that managed identities meet: at their endpoint, or where their token is another's credential.</summary>
internal static class EntraErrorGuide
{
    public const string Prefix = "AADSTS";

    // The kinds are those that the client makes of a host's answer that carries the number; the other errors come from
    // a token endpoint that a managed identity does not ask itself.
    public static IEnumerable<Explanation> All { get; } =
    [
        Of(
            50001,
            "The tenant knows no such resource, or it is disabled there.",
            "Compare the resource with the application's identifier URI, to the letter, and look whether it is enabled in this tenant.",
            FailureKind.ResourceNotFound),
        Of(
            500011,
            "The tenant has no service principal of the resource: nobody has registered the application, or consented to it, there.",
            "Compare the resource with the application's identifier URI, to the letter; if it is right, create its service principal in "
            + "the identity's tenant.",
            FailureKind.ResourceNotFound),
        Of(
            501051,
            "The resource takes only callers that are assigned to it, and this identity has none of its application roles.",
            "Assign one of the resource's application roles to the identity's service principal, or let the resource's enterprise "
            + "application do without assignment."),
        Of(
            70021,
            "No federated credential of the application matches the token that was presented as its proof.",
            "Compare issuer, subject and audience of the federated credential with iss, sub and aud of the token ('keyless decode'); a "
            + "fresh credential takes minutes to arrive."),
        Of(
            700016,
            "The tenant has no application of this client id.",
            "Check client id and tenant; for an identity that was deleted and made anew, use its new id."),
        Of(
            700024,
            "The token or assertion that was presented as proof is not valid yet, or no longer.",
            "Make or fetch it for each request instead of keeping it, and compare this machine's clock with the right time."),
        Of(
            700211,
            "No federated credential of the application has the issuer of the token that was presented.",
            "Set the credential's issuer to iss of the token, to the letter: for a managed identity its tenant's, in the form with /v2.0."),
        Of(
            700212,
            "No federated credential of the application has the audience of the token that was presented.",
            "Ask for the token with the credential's audience as the resource: in the public cloud api://AzureADTokenExchange."),
        Of(
            700213,
            "No federated credential of the application has the subject of the token that was presented.",
            "Set the credential's subject to sub of the token: for a managed identity its object (principal) id, not its client id."),
        Of(
            7000112,
            "The application exists, but it is disabled.",
            "Enable the service principal's sign-in in the tenant; somebody has switched it off, or the platform has."),
        Of(
            7000215,
            "The client secret is wrong: often its id was taken for its value, or it has been replaced.",
            "Take the value of a secret that is in force. A managed identity needs none: give the application a federated credential."),
    ];

    private static Explanation Of(int number, string meaning, string cure, params FailureKind[] kinds) => new()
    {
        Type = TermType.EntraError,
        Term = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}"),
        Meaning = meaning,
        Cure = cure,
        Kinds = [.. kinds.Select(FailureGuide.For)],
    };
}
