namespace Keyless.Emulator.Authority;

/// <summary>What is served below each tenant.</summary>
internal static class AuthorityPaths
{
    public const string DiscoveryV1 = "/.well-known/openid-configuration";
    public const string DiscoveryV2 = "/v2.0/.well-known/openid-configuration";
    public const string KeysV1 = "/discovery/keys";
    public const string KeysV2 = "/discovery/v2.0/keys";
    public const string TokenV1 = "/oauth2/token";
    public const string TokenV2 = "/oauth2/v2.0/token";
    public const string AuthorizeV1 = "/oauth2/authorize";
    public const string AuthorizeV2 = "/oauth2/v2.0/authorize";

    /// <summary>Below an alias alone.</summary>
    public const string Instance = "/discovery/instance";
}
