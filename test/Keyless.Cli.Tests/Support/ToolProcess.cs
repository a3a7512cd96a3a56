using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Keyless.Cli.Tests.Support;

/// <summary>The built tool in a process of its own: what streams, variables, signals and exit codes come to only shows there.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    /// <summary>The command line that runs the built tool.</summary>
    public static IReadOnlyList<string> Command { get; } = [Dotnet(), typeof(CommandLine).Assembly.Location];

    public int Id => _process.Id;

    /// <summary>Starts the tool with this process's variables, which say nothing about identities, and these.</summary>
    public static ToolProcess Start(IEnumerable<(string Name, string Value)> variables, params string[] args) => Start([], variables, args);

    /// <summary>Starts a command that starts the tool.</summary>
    public static ToolProcess Start(string[] wrapper, IEnumerable<(string Name, string Value)> variables, params string[] args)
    {
        string[] line = [.. wrapper, .. Command, .. args];
        return Start(line, variables);
    }

    /// <summary>Starts a program that starts the tool in a way of its own.</summary>
    public static ToolProcess StartOther(params string[] line) => Start(line, []);

    /// <summary>Runs the tool to its end.</summary>
    public static async Task<ToolRun> RunAsync(params string[] args)
    {
        using var tool = Start([], args);
        return await tool.EndAsync();
    }

    /// <summary>The next line of its output; null at the end.</summary>
    public Task<string?> LineAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Writes to its input.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Closes its input and waits for its end. The output is what has not been read before.</summary>
    public async Task<ToolRun> EndAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _process.StandardInput.Close();
        var output = _process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return new ToolRun(_process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static ToolProcess Start(string[] line, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new ToolProcess(Process.Start(start)!);
    }

    // The one that this process runs on, which need not be the one in PATH.
    private static string Dotnet() => Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
