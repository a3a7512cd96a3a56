namespace Keyless.Tests;

/// <summary>A directory of a test's own, gone when the test ends. Its path has no links in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory()
    {
        var made = Directory.CreateTempSubdirectory("keyless-tests-").FullName;

        // The system's directory may itself be behind a link.
        Path = new DirectoryInfo(made).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? made;
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a file, and the directories it needs, and returns its path.</summary>
    public string Write(string name, params ReadOnlySpan<byte> content)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
