namespace Keyless.Emulator.Tests.Support;

/// <summary>A directory that goes when the test goes.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("keyless-").FullName;

    public string[] Files => Directory.GetFiles(Path, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
