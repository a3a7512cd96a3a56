using System.Security.Cryptography;
using System.Text;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Endpoints;

/// <summary>The key files of Azure Arc's challenges: one for each, for this user alone, good once and for a short time.</summary>
/// <remarks>
/// Deletes the files that it made, and no others: when a key is used or too old, when disposed of, and at the latest when the process ends.
/// </remarks>
internal sealed class ArcKeyFiles : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly string? _directory;
    private readonly TimeProvider _clock;
    private readonly object _gate = new();

    // By the hash of the key, so that finding one takes no time that depends on how much of it was guessed.
    private readonly Dictionary<string, KeyFile> _open = new(StringComparer.Ordinal);

    public ArcKeyFiles(string? directory, TimeProvider clock)
    {
        _directory = directory is null ? null : Path.GetFullPath(directory);
        _clock = clock;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Tries to write a file. Null: that went well.</summary>
    public string? FindProblem()
    {
        try
        {
            Delete(Write(NewKey()));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Explain(exception);
        }
    }

    /// <summary>Opens a challenge.</summary>
    /// <param name="flaw">What is to be wrong with it. Null: nothing.</param>
    /// <returns>The absolute path of its key file.</returns>
    public string Issue(ArcFlaw? flaw = null)
    {
        var key = NewKey();
        lock (_gate)
        {
            DeleteExpired();
            var path = Write(key);
            var expiresOn = _clock.GetUtcNow() + Lifetime;
            _open.Add(Hash(key), new KeyFile(path, expiresOn));
            return flaw is null ? path : Spoil(path, flaw.Value, expiresOn);
        }
    }

    /// <summary>Closes the challenge that has this key.</summary>
    /// <returns>False: there is none, or no longer.</returns>
    public bool Redeem(string key)
    {
        lock (_gate)
        {
            DeleteExpired();
            if (!_open.Remove(Hash(key), out var file))
                return false;

            Delete(file.Path);
            return true;
        }
    }

    /// <summary>Says why key files cannot be written, and what to do.</summary>
    public string Explain(Exception exception)
    {
        if (_directory is null)
            return "The Azure Arc host has no key directory: there is no agent for this operating system, and its clients refuse it.";

        var remedy = OperatingSystem.IsWindows()
            ? $"In an elevated prompt run: mkdir \"{_directory}\" & icacls \"{_directory}\" /grant \"%USERNAME%:(OI)(CI)M\""
            : $"Run: sudo mkdir -p '{_directory}' && sudo chown \"$USER\" '{_directory}'";
        return $"The Azure Arc host cannot write key files to {_directory} ({exception.Message}). {remedy}";
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        DeleteAll();
    }

    private static string NewKey() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The directory was taken away meanwhile; the key is worthless without its challenge.
        }
    }

    private string Write(string key)
    {
        if (_directory is null)
            throw new IOException("There is no key directory.");

        Directory.CreateDirectory(_directory);
        var path = Path.Combine(_directory, $"keyless-emulator-{Guid.NewGuid():N}.key");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // No newline: clients send the text as it is.
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(key));
        return path;
    }

    /// <returns>The path to announce.</returns>
    private string Spoil(string path, ArcFlaw flaw, DateTimeOffset expiresOn)
    {
        switch (flaw)
        {
            case ArcFlaw.OutsideDirectory:
                return Path.Combine(Path.GetDirectoryName(_directory!) ?? "/", "elsewhere", Path.GetFileName(path));
            case ArcFlaw.WrongExtension:
                return Path.ChangeExtension(path, ".txt");
            case ArcFlaw.TooLarge:
                File.AppendAllText(path, new string('A', 4096));
                break;
            case ArcFlaw.Empty:
                File.WriteAllText(path, "");
                break;
            case ArcFlaw.Vanishing:
                File.Delete(path);
                break;
            case ArcFlaw.Unreadable when !OperatingSystem.IsWindows():
                File.SetUnixFileMode(path, UnixFileMode.None);
                break;
            case ArcFlaw.Symlink:
                // The link takes the announced name, so that it goes with its challenge; what it leads to goes when its time is over.
                var target = Path.ChangeExtension(path, ".target");
                File.Move(path, target);
                File.CreateSymbolicLink(path, target);
                _open.Add(Hash(NewKey()), new KeyFile(target, expiresOn));
                break;
        }

        return path;
    }

    private void DeleteExpired()
    {
        var now = _clock.GetUtcNow();
        foreach (var (hash, file) in _open)
        {
            if (file.ExpiresOn <= now && _open.Remove(hash))
                Delete(file.Path);
        }
    }

    private void DeleteAll()
    {
        lock (_gate)
        {
            foreach (var file in _open.Values)
                Delete(file.Path);
            _open.Clear();
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => DeleteAll();

    private sealed record KeyFile(string Path, DateTimeOffset ExpiresOn);
}
