namespace Keyless.Cli.Diagnosis;

/// <summary>The files of the machine that the tool runs on.</summary>
internal sealed class SystemFiles : IFileView
{
    public bool Exists(string path) => File.Exists(path);

    public string? ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public DirectoryAccess AccessTo(string directory)
    {
        try
        {
            _ = Directory.EnumerateFileSystemEntries(directory).Any();
            return DirectoryAccess.Readable;
        }
        catch (DirectoryNotFoundException)
        {
            return DirectoryAccess.Missing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DirectoryAccess.Closed;
        }
    }
}
