namespace Keyless.Cli;

/// <summary>Ends a command with a message for people and an exit code.</summary>
internal class ToolException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line or the input is at fault.</summary>
    public static ToolException Usage(string message) => new(message, ExitCodes.Usage);
}
