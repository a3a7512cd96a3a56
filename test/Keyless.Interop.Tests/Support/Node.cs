namespace Keyless.Interop.Tests.Support;

/// <summary>Node.js and the packages of the folder node.</summary>
internal static class Node
{
    private static readonly string Directory = Repository.PathOf("test/Keyless.Interop.Tests/node");

    /// <summary>The file of node, where the packages are installed; else the end of the test, as skipped.</summary>
    public static string Require()
    {
        var node = Tools.Require("node");

        // Written by npm when all packages are there.
        if (!File.Exists(Path.Combine(Directory, "node_modules", ".package-lock.json")))
            Assert.Skip("The packages for Node.js are not installed. Run 'npm ci' in test/Keyless.Interop.Tests/node.");
        return node;
    }

    /// <summary>The arguments of node that keep a program on this machine.</summary>
    public static string[] Guard => ["--import", new Uri(Path.Combine(Directory, "loopback-only.mjs")).AbsoluteUri];

    /// <summary>The arguments of node that run a program of the folder, or one of a package, on this machine alone.</summary>
    public static string[] Program(string program) => [.. Guard, Path.Combine(Directory, program)];
}
