using System.Collections.Immutable;
using Keyless.Emulator.Fleet;

namespace Keyless.Emulator;

/// <summary>A virtual host to emulate: what it is and which identities it has.</summary>
public sealed record HostDescription
{
    /// <summary>Its name, unlike that of any other host: letters, digits, dots, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required HostKind Kind { get; init; }

    /// <summary>Whether it has an identity of its own, which is named as it is. Not on Cloud Shell.</summary>
    /// <value>Default: true.</value>
    public bool SystemAssigned { get; init; } = true;

    /// <summary>The names of the user-assigned identities that it has; all must be of its tenant.</summary>
    /// <value>Default: null, all of its tenant.</value>
    public IReadOnlyList<string>? UserAssigned { get; init; }

    /// <summary>The name of its tenant.</summary>
    /// <value>Default: null, the first tenant.</value>
    public string? Tenant { get; init; }

    /// <summary>A fixed port.</summary>
    /// <value>Default: 0, a free one.</value>
    public int Port { get; init; }

    /// <summary>A fixed secret for its processes, where its platform has one; 16 to 128 letters and digits.</summary>
    /// <value>Default: null, a random one at each start.</value>
    public string? Secret { get; init; }

    /// <summary>The app roles that its own identity has, by resource.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; init; } =
        ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>How long an identity that is assigned while the emulator runs is not found yet, by the emulator's clock.</summary>
    /// <value>Default: zero. Up to 30 days. What the host has from its start is there at once.</value>
    public TimeSpan PropagationDelay { get; init; }

    /// <summary>The host that stands for a platform where none is described: named vm, web, server, shell, app or compute.</summary>
    /// <param name="source">The platform.</param>
    public static HostDescription For(SourceKind source)
    {
        var (kind, name) = HostKinds.DefaultFor(source);
        return new HostDescription { Name = name, Kind = kind };
    }

    /// <summary>Names the host; never its secret.</summary>
    public override string ToString() => $"{Name} ({Kind})";
}
