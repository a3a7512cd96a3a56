namespace Keyless.Emulator.InProcess;

/// <summary>The machine that a process on a host sees: the host's variables and no others.</summary>
internal sealed class HostEnvironment(IReadOnlyDictionary<string, string> variables, string? arcKeyDirectory) : MachineEnvironment
{
    public override string? ArcKeyDirectory => arcKeyDirectory;

    public override string? GetVariable(string name) => variables.GetValueOrDefault(name);
}
