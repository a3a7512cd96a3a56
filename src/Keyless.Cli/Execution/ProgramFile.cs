using Keyless.Cli.Output;

namespace Keyless.Cli.Execution;

/// <summary>The file that a command's name stands for, by the rules of shells: looked for in PATH alone, or a path as it is.</summary>
internal static class ProgramFile
{
    private const string UsualPath = "/usr/local/bin:/usr/bin:/bin";
    private const string UsualExtensions = ".COM;.EXE;.BAT;.CMD";

    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="name">The command's name, or its path.</param>
    /// <param name="variables">The variables of the command to be.</param>
    /// <exception cref="ToolException">There is no such command, or it can't be run.</exception>
    public static string Find(string name, IDictionary<string, string?> variables)
    {
        var isPath = name.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var candidates = isPath ? [Path.GetFullPath(name)] : InPath(name, variables.TryGetValue("PATH", out var path) ? path : null);

        string? unusable = null;
        foreach (var file in candidates.SelectMany(candidate => Forms(candidate, variables)).Where(File.Exists))
        {
            if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != UnixFileMode.None)
                return file;
            unusable ??= file;
        }

        var shown = UsageErrors.WithoutTokens(Printable.Of(name));
        if (unusable is not null)
            throw CannotRun(unusable, "it is not executable. Make it so ('chmod +x'), or name the interpreter that is to run it");
        if (isPath && Directory.Exists(name))
            throw CannotRun(shown, "it is a directory. Name a file in it");
        throw new ToolException(
            isPath
                ? $"There is no file '{shown}'. Check the path."
                : $"No directory of PATH has a command '{shown}'. Check its name, or give its path. For what only a shell knows use sh -c.",
            ExitCodes.CommandNotFound);
    }

    /// <summary>There is a file, but it is not to be run.</summary>
    public static ToolException CannotRun(string file, string reason) => new($"'{file}' can't be run: {reason}.", ExitCodes.CommandNotRun);

    private static IEnumerable<string> InPath(string name, string? path) => name.Length == 0
        ? []
        : (path ?? UsualPath).Split(Path.PathSeparator).Select(directory => Path.GetFullPath(Path.Combine(directory, name)));

    // On Windows the extension may be left out.
    private static IEnumerable<string> Forms(string file, IDictionary<string, string?> variables)
    {
        if (!OperatingSystem.IsWindows())
            return [file];
        var extensions = (variables.TryGetValue("PATHEXT", out var known) ? known : null) ?? UsualExtensions;
        var forms = extensions.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(extension => file + extension);
        return Path.HasExtension(file) ? forms.Prepend(file) : forms;
    }
}
