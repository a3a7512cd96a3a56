namespace Keyless.Emulator.Passthrough;

/// <summary>Finds a program by its name, and only where the variable PATH says: never in the current directory.</summary>
internal static class ProgramOnPath
{
    // What the commands are installed as on Windows; a program of another kind is not theirs.
    private static readonly string[] WindowsEndings = [".exe", ".cmd"];

    public static string? Find(string name, MachineEnvironment machine)
    {
        var directories = (machine.GetVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathFullyQualified);
        return directories.SelectMany(directory => Names(name).Select(file => Path.Combine(directory, file))).FirstOrDefault(CanRun);
    }

    private static IEnumerable<string> Names(string name) =>
        OperatingSystem.IsWindows() ? WindowsEndings.Select(ending => name + ending) : [name];

    private static bool CanRun(string file)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Execute) != UnixFileMode.None);
    }
}
