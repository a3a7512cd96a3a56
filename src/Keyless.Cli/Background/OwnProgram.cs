namespace Keyless.Cli.Background;

/// <summary>The command line that runs this very tool once more.</summary>
internal static class OwnProgram
{
    /// <param name="processPath">The program file of the process.</param>
    /// <param name="firstArgument">What stands first on its command line: where there is one, the tool's assembly.</param>
    /// <returns>The program, and what comes before the tool's own arguments.</returns>
    /// <exception cref="ToolException">The system does not tell.</exception>
    public static IReadOnlyList<string> Find(string? processPath, string firstArgument)
    {
        if (processPath is null)
            throw new ToolException(
                "This system does not tell which program runs, so that it can't be started again. Use 'keyless emulate'.", ExitCodes.Unexpected);

        // 'dotnet Keyless.Cli.dll' runs the assembly by the host of all programs; a program of its own, native or not, needs no more.
        var isShared = Path.GetFileNameWithoutExtension(processPath).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isShared && Path.GetExtension(firstArgument).Equals(".dll", StringComparison.OrdinalIgnoreCase)
            ? [processPath, Path.GetFullPath(firstArgument)]
            : [processPath];
    }

    public static IReadOnlyList<string> OfProcess() => Find(Environment.ProcessPath, Environment.GetCommandLineArgs()[0]);
}
