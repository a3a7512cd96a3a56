namespace Keyless.Sources;

/// <summary>One condition under which a source is taken to be present.</summary>
internal sealed class DetectionRule
{
    private readonly Func<MachineEnvironment, bool> _holds;
    private readonly Func<MachineEnvironment, string> _reason;

    private DetectionRule(string text, Func<MachineEnvironment, bool> holds, Func<MachineEnvironment, string> reason)
    {
        Text = text;
        _holds = holds;
        _reason = reason;
    }

    public string Text { get; }

    /// <summary>All of these variables are set.</summary>
    public static DetectionRule Variables(params string[] names) => new(
        names.Length == 1 ? $"{names[0]} is set" : $"{string.Join(", ", names[..^1])} and {names[^1]} are set",
        environment => Array.TrueForAll(names, environment.IsSet),
        environment => string.Join("; ", names.Select(name => $"{name} is {(environment.IsSet(name) ? "set" : "not set")}")));

    /// <summary>The Azure Arc agent's program file exists.</summary>
    public static DetectionRule ArcAgentFile { get; } = new(
        "the Azure Arc agent's program file exists",
        static environment => environment.ArcAgentFile is { } file && environment.FileExists(file),
        static environment => environment.ArcAgentFile is not { } file ? "this kind of machine has no Azure Arc agent"
            : environment.FileExists(file) ? $"{file} exists"
            : $"{file} does not exist");

    /// <summary>Nothing else was found.</summary>
    public static DetectionRule Otherwise { get; } = new("nothing else was found", static _ => true, static _ => "no rule before this one holds");

    public bool Holds(MachineEnvironment environment) => _holds(environment);

    /// <summary>Why it holds or does not.</summary>
    public string Reason(MachineEnvironment environment) => _reason(environment);
}
