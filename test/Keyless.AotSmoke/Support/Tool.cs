using System.Diagnostics;

namespace Keyless.AotSmoke.Support;

/// <summary>What a run of the tool left.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error);

/// <summary>The tool, as native code.</summary>
internal sealed class Tool(string file, string directory)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public string File { get; } = Path.GetFullPath(file);

    /// <summary>A directory for this run alone.</summary>
    public string Directory { get; } = directory;

    public Process Start(IEnumerable<KeyValuePair<string, string>> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(File, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Directory,
        };

        // Nothing that this machine is set up for; and whatever is written is written here.
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        start.Environment["HOME"] = Directory;
        start.Environment["XDG_RUNTIME_DIR"] = Directory;
        return Process.Start(start)!;
    }

    public async Task<ToolRun> RunAsync(IEnumerable<KeyValuePair<string, string>> variables, string input, params string[] arguments)
    {
        using var process = Start(variables, arguments);
        using var timeout = new CancellationTokenSource(Longest);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
