using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Emulation;

/// <summary>What 'keyless emulate' is to serve, and how it is to say so.</summary>
internal sealed record EmulatorPlan
{
    /// <summary>The configuration file; null to look for one.</summary>
    public required string? ConfigurationFile { get; init; }

    /// <summary>What the command line sets in the configuration.</summary>
    public required IReadOnlyList<ConfigurationFlag> Flags { get; init; }

    /// <summary>The endpoints to serve; empty for all that the configuration describes.</summary>
    public required IReadOnlyList<SourceKind> Sources { get; init; }

    /// <summary>The port of the only endpoint; 0 for the configured one.</summary>
    public required int Port { get; init; }

    /// <summary>Who may reach it, and what else is not for a file to say.</summary>
    public required EmulatorAccess Access { get; init; }

    public required EmulatorFormat Format { get; init; }

    /// <summary>The log of an emulator that runs in the background. Null: it runs in a terminal.</summary>
    public string? Log { get; init; }

    /// <summary>What it was started with, if it runs in the background.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The shell to print variables for, in a script.</summary>
    public required Shell Shell { get; init; }
}
