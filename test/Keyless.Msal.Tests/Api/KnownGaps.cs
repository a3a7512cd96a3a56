namespace Keyless.Msal.Tests.Api;

/// <summary>What MSAL.NET has in the types in scope and this library has not, with the reason: the table that the page on migration shows.</summary>
internal static class KnownGaps
{
    private const string Bound = "Tokens bound to a certificate (version 2 of IMDS) are not in this library; a member that could only refuse would compile and fail at night.";
    private const string Entra = "It is about requests to Entra; this library asks managed identity endpoints only.";

    /// <summary>A member, or several by a star, and why.</summary>
    public static readonly IReadOnlyList<(string Member, string Why)> All =
    [
        ("ManagedIdentityPopExtensions.*", Bound),
        ("PoPOptions.*", Bound),
        ("AbstractManagedIdentityAcquireTokenParameterBuilderExtension.WithOtelTagsEnricher*", "It adds tags to MSAL.NET's own metrics; this library has others, see the page on errors."),
        ("AcquireTokenParameterBuilderExtensions.WithExtraHttpHeaders*", Entra),
        ("AcquireTokenParameterBuilderExtensions.WithReservedScopes*", Entra),
        ("AuthenticationResultExtensions.GetRefreshToken(*", "Managed identities have no refresh tokens."),
        ("MsalError.*", "Codes that managed identities never have. Those that they have are all there."),
        ("ConfidentialClientApplicationBuilder.*", Entra + " Of the confidential client there is what its managed identities need (4.49 and 4.50)."),
        ("IConfidentialClientApplication.*", Entra + " Of the confidential client there is what its managed identities need (4.49 and 4.50)."),
        ("ConfidentialClientApplication.*", Entra + " Of the confidential client there is what its managed identities need (4.49 and 4.50)."),
        ("AcquireTokenForClientParameterBuilder.*", Entra + " Of the confidential client there is what its managed identities need (4.49 and 4.50)."),
        ("AbstractAcquireTokenParameterBuilder`1.*", Entra),
        ("AbstractConfidentialClientAcquireTokenParameterBuilder`1.*", Entra),
    ];
}
