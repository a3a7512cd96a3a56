using System.Collections.Immutable;

namespace Keyless.Emulator.Keys;

/// <summary>The directory in which keys outlive the emulator, for this user alone. Several emulators may share one.</summary>
internal sealed class KeyStore(string directory)
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _directory = System.IO.Path.GetFullPath(directory);

    /// <summary>The file that holds the keys.</summary>
    public string Path => System.IO.Path.Combine(_directory, "keyless-emulator-keys.pem");

    /// <summary>Keeps the other emulators away from the file until it is disposed.</summary>
    /// <exception cref="EmulatorException">The directory cannot be used, or somebody holds it for too long.</exception>
    public async Task<IDisposable> HoldAsync(CancellationToken ct)
    {
        CreateDirectory();
        var options = Private(FileMode.OpenOrCreate);
        options.Share = FileShare.None;
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(System.IO.Path.Combine(_directory, "keyless-emulator-keys.lock"), options);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw Unusable(exception);
            }
            catch (IOException exception) when (waited >= Patience)
            {
                throw Unusable(exception);
            }
            catch (IOException)
            {
                // It is another process that is waited for, and that does not go by the emulator's clock.
                await Task.Delay(Pause, TimeProvider.System, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the keys. Of those that are known already the objects are kept; those that are no longer there are gone.</summary>
    /// <exception cref="EmulatorException">The file cannot be read, others can read it, or it holds no keys.</exception>
    public ImmutableArray<RingKey> Read(ImmutableArray<RingKey> known, DateTimeOffset now)
    {
        if (!File.Exists(Path))
            return known;

        RequirePrivacy(Path);
        try
        {
            var stored = KeyFile.Parse(File.ReadAllText(Path), Path);
            var gone = known.Where(key => stored.All(other => other.Key.Id != key.Key.Id));
            return
            [
                .. gone.Select(key => key.StateAt(now) == KeyState.Gone ? key : key.Remove(now)),
                .. stored.Select(key => known.FirstOrDefault(other => other.Key.Id == key.Key.Id) is { } same ? key with { Key = same.Key } : key),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    /// <summary>Writes the keys; a reader sees them all or those before.</summary>
    public void Write(ImmutableArray<RingKey> keys)
    {
        var text = KeyFile.Format(keys);
        if (!File.Exists(Path) || File.ReadAllText(Path) != text)
            Write(Path, text);
    }

    /// <summary>Reads another file of private keys. Null: there is none.</summary>
    /// <exception cref="EmulatorException">The file cannot be read, or others can read it.</exception>
    public string? ReadText(string name)
    {
        var path = System.IO.Path.Combine(_directory, name);
        if (!File.Exists(path))
            return null;

        RequirePrivacy(path);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    /// <summary>Writes another file of private keys; a reader sees all of it or what was there before.</summary>
    /// <exception cref="EmulatorException">The directory cannot be used.</exception>
    public void WriteText(string name, string text)
    {
        CreateDirectory();
        Write(System.IO.Path.Combine(_directory, name), text);
    }

    private void Write(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new StreamWriter(new FileStream(temporary, Private(FileMode.CreateNew))))
                file.Write(text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw Unusable(exception);
        }
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static EmulatorException Bad(string text) => new(
        $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.KeyDirectory)}: {text}");

    private void CreateDirectory()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(_directory);
            else
                Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }

        const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_directory) & Writable) != UnixFileMode.None)
            throw Bad($"others can write to {_directory}, and so put a key of theirs there. Run: chmod 700 '{_directory}'");
    }

    private static void RequirePrivacy(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != UnixFileMode.None)
        {
            throw Bad(
                $"{path} holds private keys, but others have access to it. Run: chmod 600 '{path}'; or, if somebody may have read it, "
                + "delete it, and a new key will be made.");
        }
    }

    private EmulatorException Unusable(Exception exception) => new(
        $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.KeyDirectory)}: keys cannot be kept in {_directory} ({exception.Message}). "
        + "Give a directory that this user may write to.",
        exception);
}
