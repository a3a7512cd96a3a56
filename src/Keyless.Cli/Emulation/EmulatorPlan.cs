using System.Net;

namespace Keyless.Cli.Emulation;

/// <summary>What 'keyless emulate' is to serve, and how it is to say so.</summary>
internal sealed record EmulatorPlan
{
    public required IReadOnlyCollection<SourceKind> Sources { get; init; }

    public required IPAddress Address { get; init; }

    public required IReadOnlyDictionary<SourceKind, int> Ports { get; init; }

    /// <summary>The port of the token issuer; 0 for a free one.</summary>
    public required int AuthorityPort { get; init; }

    /// <summary>How long tokens live; null for the emulator's default.</summary>
    public required TimeSpan? Lifetime { get; init; }

    public required EmulatorFormat Format { get; init; }

    /// <summary>The shell to print variables for, in a script.</summary>
    public required Shell Shell { get; init; }
}
