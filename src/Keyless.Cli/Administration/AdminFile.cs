using System.Text.Json;

namespace Keyless.Cli.Administration;

/// <summary>The files by which a running 'keyless emulate' is found: one each, readable by its user alone, gone when it ends.</summary>
/// <remarks>They hold the admin API's address and no secret.</remarks>
internal sealed class AdminFile : IDisposable
{
    private const string Pattern = "emulator-*.json";

    private readonly string? _path;

    private AdminFile(string? path) => _path = path;

    /// <summary>Writes a file for a running emulator. Where there is no place for it nothing is written: the address is printed anyway.</summary>
    public static AdminFile Write(Uri admin, MachineEnvironment environment)
    {
        if (DirectoryOf(environment) is not { } directory)
            return new AdminFile(null);

        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

            var path = Path.Combine(directory, $"emulator-{admin.Port}.json");
            File.Delete(path);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var json = new Utf8JsonWriter(new FileStream(path, options));
            json.WriteStartObject();
            json.WriteString("admin", admin.AbsoluteUri);
            json.WriteNumber("process", Environment.ProcessId);
            json.WriteEndObject();
            return new AdminFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AdminFile(null);
        }
    }

    /// <summary>The addresses in all files, whether or not the emulators still run.</summary>
    public static IReadOnlyList<(string Path, Uri Admin)> ReadAll(MachineEnvironment environment)
    {
        if (DirectoryOf(environment) is not { } directory || !Directory.Exists(directory) || IsOpenToOthers(directory))
            return [];

        var found = new List<(string, Uri)>();
        foreach (var path in Directory.EnumerateFiles(directory, Pattern).Order(StringComparer.Ordinal))
        {
            if (Read(path) is { } admin)
                found.Add((path, admin));
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

    // Each of these is a directory of the user's own.
    private static string? DirectoryOf(MachineEnvironment environment)
    {
        string? Under(string variable, string below) =>
            environment.GetVariable(variable) is { Length: > 0 } root && Path.IsPathFullyQualified(root) ? Path.Combine(root, below) : null;

        return OperatingSystem.IsWindows()
            ? Under("LOCALAPPDATA", "Keyless")
            : Under("XDG_RUNTIME_DIR", "keyless") ?? Under("XDG_STATE_HOME", "keyless") ?? Under("HOME", ".local/state/keyless");
    }

    private static bool IsOpenToOthers(string directory) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(directory) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None;

    private static Uri? Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("admin", out var admin)
                && Uri.TryCreate(admin.GetString(), UriKind.Absolute, out var address)
                    ? address
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
