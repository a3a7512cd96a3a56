using Keyless.Emulator.Configuration;

namespace Keyless.Cli.Configuration;

/// <summary>A configuration, for programs.</summary>
internal sealed record ConfigurationJson(string? File, IReadOnlyList<ConfigurationValueJson> Values)
{
    public static ConfigurationJson Of(EmulatorConfiguration configuration, IEnumerable<ConfigurationValue> values) =>
        new(configuration.File, [.. values.Select(ConfigurationValueJson.Of)]);
}

/// <summary>A value, with its layer (default, file, environment or flag) and its place in that.</summary>
internal sealed record ConfigurationValueJson(string Path, string Value, string Layer, string? Origin, int? Line)
{
    public static ConfigurationValueJson Of(ConfigurationValue value) => new(
        value.Path,
        value.Value,
        LayerName.Of(value.Origin.Layer),
        value.Origin.Name.Length > 0 ? value.Origin.Name : null,
        value.Origin.Line);
}

/// <summary>Whether a file can be used, for programs.</summary>
internal sealed record ValidationJson(string File, bool Valid, IReadOnlyList<ConfigurationProblemJson> Problems);

/// <summary>What is wrong, with its place.</summary>
internal sealed record ConfigurationProblemJson(string Origin, int? Line, int? Column, string Path, string Problem)
{
    public static ConfigurationProblemJson Of(ConfigurationProblem problem) =>
        new(problem.Origin.Name, problem.Origin.Line, problem.Origin.Column, problem.Path, problem.Text);
}

/// <summary>A file that was written.</summary>
internal sealed record WrittenFileJson(string File);
