using Keyless.Cli.Diagnosis;

namespace Keyless.Cli.Tests.Diagnosis;

/// <summary>A file system with these files and no others.</summary>
internal sealed class FakeFiles : IFileView
{
    public Dictionary<string, string> Texts { get; init; } = new(StringComparer.Ordinal);

    public DirectoryAccess Access { get; init; } = DirectoryAccess.Missing;

    public bool Exists(string path) => Texts.ContainsKey(path);

    public string? ReadText(string path) => Texts.GetValueOrDefault(path);

    public DirectoryAccess AccessTo(string directory) => Access;
}
