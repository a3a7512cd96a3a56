namespace Keyless.Emulator.Tests.Support;

/// <summary>The machine that a process on an emulated host sees.</summary>
internal sealed class EmulatedMachine(IReadOnlyDictionary<string, string> variables, string arcKeyDirectory) : MachineEnvironment
{
    public override string? ArcKeyDirectory => arcKeyDirectory;

    public override string? GetVariable(string name) => variables.GetValueOrDefault(name);
}
