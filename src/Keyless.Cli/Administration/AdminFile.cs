namespace Keyless.Cli.Administration;

/// <summary>The files by which a running 'keyless emulate' is found: one each, readable by its user alone, gone when it ends.</summary>
/// <remarks>They hold the admin API's address and how the emulator was started, and no secret.</remarks>
internal sealed class AdminFile : IDisposable
{
    private const string Pattern = "emulator-*.json";

    private readonly string? _path;

    private AdminFile(string? path) => _path = path;

    /// <summary>Writes a file for an emulator of this process.</summary>
    public static AdminFile Write(Uri admin, MachineEnvironment environment) =>
        Write(new AdminRecord("", admin) { Process = Environment.ProcessId }, environment);

    /// <summary>Writes a file for a running emulator. Where there is no place for it nothing is written: the address is printed anyway.</summary>
    public static AdminFile Write(AdminRecord record, MachineEnvironment environment)
    {
        if (UserDirectory.OfRunning(environment) is not { } directory)
            return new AdminFile(null);

        try
        {
            UserDirectory.Create(directory);
            var path = Path.Combine(directory, $"emulator-{record.Admin.Port}.json");
            File.Delete(path);
            using var stream = new FileStream(path, UserDirectory.OwnFile(FileMode.CreateNew));
            record.WriteTo(stream);
            return new AdminFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AdminFile(null);
        }
    }

    /// <summary>What all files say, whether or not the emulators still run.</summary>
    public static IReadOnlyList<AdminRecord> ReadAll(MachineEnvironment environment)
    {
        if (UserDirectory.OfRunning(environment) is not { } directory || !Directory.Exists(directory) || IsOpenToOthers(directory))
            return [];

        var found = new List<AdminRecord>();
        foreach (var path in Directory.EnumerateFiles(directory, Pattern).Order(StringComparer.Ordinal))
        {
            if (AdminRecord.Read(path) is { } record)
                found.Add(record);
        }

        return found;
    }

    public static void Forget(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is found to be out of date once more, then.
        }
    }

    public void Dispose()
    {
        if (_path is not null)
            Forget(_path);
    }

    private static bool IsOpenToOthers(string directory) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(directory) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None;
}
