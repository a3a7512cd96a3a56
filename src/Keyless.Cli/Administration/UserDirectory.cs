namespace Keyless.Cli.Administration;

/// <summary>Directories of the user's own, for what an emulator leaves while it runs and after it.</summary>
internal static class UserDirectory
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The place for what ends with the emulator. Null: this user has none.</summary>
    public static string? OfRunning(MachineEnvironment environment) => OperatingSystem.IsWindows()
        ? Under(environment, "LOCALAPPDATA", "Keyless")
        : Under(environment, "XDG_RUNTIME_DIR", "keyless") ?? OfState(environment);

    /// <summary>The place for what outlives it. Null: this user has none.</summary>
    public static string? OfState(MachineEnvironment environment) => OperatingSystem.IsWindows()
        ? Under(environment, "LOCALAPPDATA", "Keyless")
        : Under(environment, "XDG_STATE_HOME", "keyless")
            ?? Under(environment, "HOME", ".local/state/keyless")
            ?? Under(environment, "XDG_RUNTIME_DIR", "keyless");

    /// <summary>Makes the directory for this user alone, unless it is there.</summary>
    public static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, Own);
    }

    /// <summary>Options of a file that this user alone may read and write.</summary>
    public static FileStreamOptions OwnFile(FileMode mode, FileAccess access = FileAccess.Write, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string? Under(MachineEnvironment environment, string variable, string below) =>
        environment.GetVariable(variable) is { Length: > 0 } root && Path.IsPathFullyQualified(root) ? Path.Combine(root, below) : null;
}
