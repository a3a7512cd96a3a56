namespace Keyless.FleetSimulation;

/// <summary>The tree that this program was built from.</summary>
internal static class Repository
{
    public static string PathOf(string relative)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Keyless.slnx")))
            root = root.Parent;
        return root is null
            ? throw new InvalidOperationException("No directory above the program holds Keyless.slnx: run it from within the repository.")
            : Path.Combine(root.FullName, relative);
    }
}
