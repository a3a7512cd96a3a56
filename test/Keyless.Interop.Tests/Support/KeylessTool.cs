using System.Runtime.InteropServices;

namespace Keyless.Interop.Tests.Support;

/// <summary>The command line tool, as it is built beside the tests.</summary>
internal static class KeylessTool
{
    /// <summary>The file of the program that runs it, which need not be the one in PATH.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>The tool itself. Each project's output is beside the others', in a folder named after the configuration.</summary>
    public static string Assembly { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "../../Keyless.Cli",
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)),
        "Keyless.Cli.dll"));

    /// <summary>Runs it to its end, in a clean environment.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args) => Child.RunAsync(
        Dotnet, [Assembly, .. args], new Dictionary<string, string>(), cancellationToken: TestContext.Current.CancellationToken);
}
