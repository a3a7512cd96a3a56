namespace Keyless;

/// <summary>What the client may know of the machine it runs on: its environment variables and the places of the Azure Arc agent.</summary>
/// <remarks>
/// A constructor parameter, so that nothing in the library reads global state. Derive from it to describe a machine
/// of your own; <see cref="Process"/> is the real one.
/// </remarks>
public abstract class MachineEnvironment
{
    /// <summary>The machine that this process runs on, read anew at each question.</summary>
    public static MachineEnvironment Process { get; } = new ProcessEnvironment();

    /// <summary>The directory that the Azure Arc agent leaves its key files in. Null where the agent does not exist, such as on macOS.</summary>
    public virtual string? ArcKeyDirectory => Process.ArcKeyDirectory;

    /// <summary>The program file whose presence means that the Azure Arc agent is installed. Null where the agent does not exist.</summary>
    public virtual string? ArcAgentFile => null;

    /// <summary>A machine with these variables and no others, and no Azure Arc agent's program file.</summary>
    /// <param name="variables">Names and values. Names are compared as on Unix: case matters.</param>
    public static MachineEnvironment FromVariables(IEnumerable<KeyValuePair<string, string>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return new FixedEnvironment(variables);
    }

    /// <summary>The value of a variable. Null or empty: it is not set.</summary>
    /// <param name="name">The variable's name.</param>
    public abstract string? GetVariable(string name);

    /// <summary>Whether a file exists; asked only for <see cref="ArcAgentFile"/>.</summary>
    /// <param name="path">An absolute path.</param>
    public virtual bool FileExists(string path) => false;

    private sealed class FixedEnvironment(IEnumerable<KeyValuePair<string, string>> variables) : MachineEnvironment
    {
        private readonly Dictionary<string, string> _variables = new(variables, StringComparer.Ordinal);

        public override string? GetVariable(string name) => _variables.GetValueOrDefault(name);
    }
}
