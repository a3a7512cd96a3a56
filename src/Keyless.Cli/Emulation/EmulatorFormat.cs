namespace Keyless.Cli.Emulation;

/// <summary>How 'keyless emulate' says what it serves.</summary>
internal enum EmulatorFormat
{
    /// <summary>Lines in the language of a shell.</summary>
    Script,

    /// <summary>One line of JSON with everything.</summary>
    Json,

    /// <summary>A launchSettings.json.</summary>
    LaunchSettings,

    /// <summary>Nothing: secrets are no matter for a log.</summary>
    None,
}
