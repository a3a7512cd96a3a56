namespace Keyless.Cli.Configuration;

/// <summary>The members of the configuration that options of the tool set.</summary>
internal static class ConfigurationMember
{
    public const string Address = "address";
    public const string AuthorityPort = "authorityPort";
    public const string TokenLifetime = "tokenLifetime";
    public const string TokenTimes = "tokenTimes";
}
