namespace Keyless.Sources;

/// <summary>The environment variables that platforms announce their endpoints by.</summary>
internal static class Variables
{
    public const string IdentityEndpoint = "IDENTITY_ENDPOINT";
    public const string IdentityHeader = "IDENTITY_HEADER";
    public const string IdentityServerThumbprint = "IDENTITY_SERVER_THUMBPRINT";
    public const string ImdsEndpoint = "IMDS_ENDPOINT";
    public const string MsiEndpoint = "MSI_ENDPOINT";
    public const string MsiSecret = "MSI_SECRET";
    public const string DefaultIdentityClientId = "DEFAULT_IDENTITY_CLIENT_ID";
    public const string PodIdentityAuthorityHost = "AZURE_POD_IDENTITY_AUTHORITY_HOST";

    /// <summary>Whether a variable counts as set: it has any text at all, blanks included, so that a blank one is reported and not overlooked.</summary>
    public static bool IsSet(this MachineEnvironment environment, string name) => !string.IsNullOrEmpty(environment.GetVariable(name));
}
