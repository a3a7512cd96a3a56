using System.Diagnostics;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class ArcKeyFilesAtProcessExitTests
{
    private const string DirectoryVariable = "ABANDONED_KEYS_DIRECTORY";

    // The test has two parts: the second runs in a process that the first starts, which is this program with this test alone.
    [Fact]
    public async Task a_process_that_ends_without_disposing_leaves_no_key_file()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { } given)
        {
            await AbandonKeyAsync(given);
            return;
        }

        using var directory = new TemporaryDirectory();
        var (exitCode, output) = await RunThisTestInAnotherProcessAsync(directory.Path);
        Assert.True(exitCode == 0, output);

        var note = Assert.Single(directory.Files);
        var keyFile = await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken);
        Assert.StartsWith(directory.Path, keyFile, StringComparison.Ordinal);
        Assert.False(File.Exists(keyFile));
    }

    private static Task AbandonKeyAsync(string directory)
    {
        var keyFile = new ArcKeyFiles(Path.Combine(directory, "tokens"), TimeProvider.System).Issue();
        Assert.True(File.Exists(keyFile));
        return File.WriteAllTextAsync(Path.Combine(directory, "note"), keyFile, TestContext.Current.CancellationToken);
    }

    private static async Task<(int ExitCode, string Output)> RunThisTestInAnotherProcessAsync(string directory)
    {
        // Run by its own host the process needs no argument; run by dotnet it needs the assembly.
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) is "dotnet"
            ? [typeof(ArcKeyFilesAtProcessExitTests).Assembly.Location]
            : [];
        string[] arguments = ["--filter-method", $"*{nameof(a_process_that_ends_without_disposing_leaves_no_key_file)}", "--no-progress"];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. program, .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        start.Environment[DirectoryVariable] = directory;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
