namespace Keyless.Emulator.Configuration;

/// <summary>The environment variables that an emulator is configured by.</summary>
public static class EmulatorVariables
{
    /// <summary>Names the configuration file.</summary>
    public const string File = Prefix + "CONFIG";

    private const string Prefix = "KEYLESS_EMULATOR_";

    /// <summary>The variables that set a value, each with the member of the file that it stands in for.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Members { get; } =
    [
        new(Prefix + "ADDRESS", ConfigurationShapes.Address),
        new(Prefix + "AUTHORITY_PORT", ConfigurationShapes.AuthorityPort),
        new(Prefix + "ARC_KEY_DIRECTORY", ConfigurationShapes.ArcKeyDirectory),
        new(Prefix + "ISSUER", ConfigurationShapes.Issuer),
        new(Prefix + "TOKEN_LIFETIME", ConfigurationShapes.TokenLifetime),
        new(Prefix + "TOKEN_TIMES", ConfigurationShapes.TokenTimes),
        new(Prefix + "REUSE_TOKENS", ConfigurationShapes.ReuseTokens),
        new(Prefix + "STRICT_RESOURCES", ConfigurationShapes.StrictResources),
    ];
}
