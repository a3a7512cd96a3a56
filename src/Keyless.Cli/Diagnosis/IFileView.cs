namespace Keyless.Cli.Diagnosis;

/// <summary>The files of a machine, as far as a diagnosis looks at them.</summary>
internal interface IFileView
{
    bool Exists(string path);

    /// <summary>A small file's text. Null: it is not there, or this user may not read it.</summary>
    string? ReadText(string path);

    DirectoryAccess AccessTo(string directory);
}

/// <summary>What this user may do with a directory.</summary>
internal enum DirectoryAccess
{
    Missing,
    Closed,
    Readable,
}
