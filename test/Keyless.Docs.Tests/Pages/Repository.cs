namespace Keyless.Docs.Tests.Pages;

/// <summary>The tree that this test was built from.</summary>
internal static class Repository
{
    // Where things are put that other tools make, and that nobody here has written.
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every Markdown page of the repository.</summary>
    public static IEnumerable<Page> Pages =>
        Files("*.md").Select(file => new Page(Path.GetRelativePath(Root, file).Replace('\\', '/')));

    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    public static IEnumerable<string> Files(string pattern, string below = ".") => FilesIn(PathOf(below), pattern).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FilesIn(string directory, string pattern) => Directory.EnumerateFiles(directory, pattern)
        .Concat(Directory.EnumerateDirectories(directory).Where(static child => !IsForeign(Path.GetFileName(child))).SelectMany(child => FilesIn(child, pattern)));

    private static bool IsForeign(string directory) => NotOurs.Contains(directory, StringComparer.Ordinal) || directory.StartsWith('.');

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Keyless.slnx")))
                return directory.FullName;
        }

        throw new InvalidOperationException($"No directory above {AppContext.BaseDirectory} holds Keyless.slnx: run the tests from within the repository.");
    }
}
