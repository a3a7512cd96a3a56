namespace Keyless.Emulator.Configuration;

/// <summary>A configuration cannot be used. The message has a line for each problem, with its place.</summary>
public sealed class ConfigurationException : Exception
{
    internal ConfigurationException(IReadOnlyList<ConfigurationProblem> problems, Exception? innerException = null)
        : base(string.Join('\n', problems), innerException) => Problems = problems;

    internal ConfigurationException(ConfigurationProblem problem, Exception? innerException = null)
        : this([problem], innerException)
    {
    }

    /// <summary>What is wrong, in the file's order; never empty.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; }
}
