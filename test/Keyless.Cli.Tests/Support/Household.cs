using System.Diagnostics;
using System.Text.Json;
using Keyless.Cli.Administration;

namespace Keyless.Cli.Tests.Support;

/// <summary>A user with directories of their own, who runs the real tool. What they leave running is ended.</summary>
internal sealed class Household : IAsyncDisposable
{
    private readonly TemporaryDirectory _home = new();

    /// <summary>The variables by which everything of this user's is found.</summary>
    public (string Name, string Value)[] Variables =>
    [
        ("HOME", _home.Path),
        ("XDG_RUNTIME_DIR", Path.Combine(_home.Path, "run")),
        ("XDG_STATE_HOME", Path.Combine(_home.Path, "state")),
        ("LOCALAPPDATA", _home.Path),

        // A directory without a configuration file is all that the tests' own is; and they may run in Azure.
        ("KEYLESS_ALLOW_IN_AZURE", "1"),
    ];

    public string HomePath => _home.Path;

    public MachineEnvironment Machine => Tool.Machine(Variables);

    /// <summary>The files by which emulators of this user are found.</summary>
    public IReadOnlyList<AdminRecord> Records => AdminFile.ReadAll(Machine);

    public string Write(string name, string text) => _home.Write(name, text);

    public ToolProcess Start(params string[] args) => ToolProcess.Start(Variables, args);

    public async Task<ToolRun> RunAsync(params string[] args)
    {
        using var tool = Start(args);
        return await tool.EndAsync();
    }

    /// <summary>Starts an emulator in the background, which must succeed.</summary>
    public async Task<JsonElement> UpAsync(params string[] args)
    {
        var run = await RunAsync(["up", "--json", "--timeout", "5m", .. args]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json.GetProperty("emulator");
    }

    public async ValueTask DisposeAsync()
    {
        if (Records.Count > 0)
            await RunAsync("down", "--timeout", "5m");

        // What does not even do that was started by a test that has failed.
        foreach (var record in Records)
        {
            using var process = Process.GetProcessById(record.Process!.Value);
            process.Kill();
        }

        _home.Dispose();
    }
}
