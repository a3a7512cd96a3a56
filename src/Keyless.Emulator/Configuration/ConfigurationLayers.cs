using System.Collections.Immutable;

namespace Keyless.Emulator.Configuration;

/// <summary>What a configuration is made of: flags win over environment variables, those over the file, and that over the defaults.</summary>
public sealed record ConfigurationLayers
{
    /// <summary>
    /// What holds where nobody has set a value, in place of the emulator's own defaults: members such as <c>tokenTimes</c>, of the file's top
    /// level and no list or object, each with its value as text.
    /// </summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The configuration file.</summary>
    /// <value>Default: null, none.</value>
    public string? File { get; init; }

    /// <summary>What the file may be written in, beside JSON.</summary>
    /// <value>Default: empty, JSON only.</value>
    public IReadOnlyList<IConfigurationNotation> Notations { get; init; } = [];

    /// <summary>The machine whose variables count; <see cref="EmulatorVariables"/> lists them.</summary>
    /// <value>Default: null, no variables.</value>
    public MachineEnvironment? Environment { get; init; }

    /// <summary>The flags of a command line.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<ConfigurationFlag> Flags { get; init; } = [];
}

/// <summary>A flag of a command line that sets a value of the configuration.</summary>
/// <param name="Path">The member that it sets, such as <c>tokenLifetime</c>; one of the file's top level that is no list or object.</param>
/// <param name="Name">The flag's name, for errors, such as <c>--lifetime</c>.</param>
/// <param name="Value">The value, as text.</param>
public sealed record ConfigurationFlag(string Path, string Name, string Value);
