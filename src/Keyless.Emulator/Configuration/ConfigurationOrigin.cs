namespace Keyless.Emulator.Configuration;

/// <summary>Where a value of the configuration comes from; a later one wins over an earlier one.</summary>
public enum ConfigurationLayer
{
    /// <summary>Nobody has set it.</summary>
    Default,

    /// <summary>The configuration file.</summary>
    File,

    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A flag on the command line.</summary>
    Flag,
}

/// <summary>The exact place that a value of the configuration comes from.</summary>
/// <param name="Layer">What kind of place it is.</param>
/// <param name="Name">The file, the variable or the flag; empty for a default.</param>
/// <param name="Line">The line in the file, from 1. Null elsewhere.</param>
/// <param name="Column">The column in the line, from 1, in characters. Null elsewhere.</param>
public sealed record ConfigurationOrigin(ConfigurationLayer Layer, string Name, int? Line = null, int? Column = null)
{
    /// <summary>The origin of what nobody has set.</summary>
    public static ConfigurationOrigin Default { get; } = new(ConfigurationLayer.Default, "");

    /// <summary>The place as compilers write it, such as <c>keyless.json:12:9</c>; a variable or flag by its name.</summary>
    public override string ToString() => Layer switch
    {
        ConfigurationLayer.Default => "default",
        _ when Line is { } line => FormattableString.Invariant($"{Name}:{line}:{Column}"),
        _ => Name,
    };
}
