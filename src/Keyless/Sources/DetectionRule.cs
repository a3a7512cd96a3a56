namespace Keyless.Sources;

/// <summary>One condition under which a source is taken to be present.</summary>
internal sealed class DetectionRule
{
    private readonly Func<MachineEnvironment, (bool Holds, string Reason)> _test;

    private DetectionRule(string text, Func<MachineEnvironment, (bool Holds, string Reason)> test)
    {
        Text = text;
        _test = test;
    }

    public string Text { get; }

    /// <summary>All of these variables are set.</summary>
    public static DetectionRule Variables(params string[] names) => new(
        names.Length == 1 ? $"{names[0]} is set" : $"{string.Join(", ", names[..^1])} and {names[^1]} are set",
        environment => (
            names.All(environment.IsSet),
            string.Join("; ", names.Select(name => $"{name} is {(environment.IsSet(name) ? "set" : "not set")}"))));

    /// <summary>The Azure Arc agent's program file exists.</summary>
    public static DetectionRule ArcAgentFile { get; } = new(
        "the Azure Arc agent's program file exists",
        environment => environment.ArcAgentFile switch
        {
            null => (false, "this kind of machine has no Azure Arc agent"),
            { } file when environment.FileExists(file) => (true, $"{file} exists"),
            { } file => (false, $"{file} does not exist"),
        });

    /// <summary>Nothing else was found.</summary>
    public static DetectionRule Otherwise { get; } = new("nothing else was found", static _ => (true, "no rule before this one holds"));

    public (bool Holds, string Reason) Test(MachineEnvironment environment) => _test(environment);
}
