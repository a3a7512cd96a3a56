namespace Keyless.Tests;

/// <summary>A machine as a test describes it: its variables, and where its Azure Arc agent would be.</summary>
internal sealed class FakeMachine : MachineEnvironment
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>The directory of key files; null as on a machine for which there is no agent.</summary>
    public string? KeyDirectory { get; init; }

    /// <summary>Where the agent's program file would be; null as on a machine for which there is no agent.</summary>
    public string? AgentFile { get; init; } = "/opt/azcmagent/bin/himds";

    public bool HasAgentFile { get; init; }

    public override string? ArcKeyDirectory => KeyDirectory;

    public override string? ArcAgentFile => AgentFile;

    public string this[string name]
    {
        set => _variables[name] = value;
    }

    public override string? GetVariable(string name) => _variables.GetValueOrDefault(name);

    public override bool FileExists(string path) => HasAgentFile && path == AgentFile;
}
