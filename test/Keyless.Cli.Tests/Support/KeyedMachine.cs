namespace Keyless.Cli.Tests.Support;

/// <summary>A machine with variables and a place for the Azure Arc agent's key files.</summary>
internal sealed class KeyedMachine(IReadOnlyDictionary<string, string> variables, string keyDirectory) : MachineEnvironment
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>A machine without variables.</summary>
    public KeyedMachine(string keyDirectory)
        : this(None, keyDirectory)
    {
    }

    public override string? ArcKeyDirectory => keyDirectory;

    public override string? GetVariable(string name) => variables.GetValueOrDefault(name);
}
