using Keyless.Emulator;

namespace Keyless.Cli.Tests.Support;

/// <summary>An emulator with an admin API, and the tool on a machine whose variables name it.</summary>
internal sealed class AdministeredEmulator : IAsyncDisposable
{
    private readonly (string Name, string Value)[] _more;

    private AdministeredEmulator(ManagedIdentityEmulator emulator, (string Name, string Value)[] more)
    {
        Emulator = emulator;
        _more = more;
    }

    public ManagedIdentityEmulator Emulator { get; }

    public static async Task<AdministeredEmulator> StartAsync(EmulatorOptions? options = null, params (string Name, string Value)[] more) => new(
        await ManagedIdentityEmulator.StartAsync(
            (options ?? new EmulatorOptions { Sources = [SourceKind.Imds, SourceKind.AppService] }) with { AdminPort = 0 },
            TestContext.Current.CancellationToken),
        more);

    /// <summary>A tool that has not run yet.</summary>
    public Tool Tool() => new() { Environment = Support.Tool.Machine([("KEYLESS_ADMIN", Emulator.AdminAddress!.AbsoluteUri), .. _more]) };

    public Task<ToolRun> RunAsync(params string[] args) => Tool().RunAsync(args);

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<ToolRun> DoAsync(params string[] args)
    {
        var run = await RunAsync(args);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run;
    }

    /// <summary>Asks the virtual machine for a token, as a client would.</summary>
    public Task<ToolRun> TokenAsync(params string[] more) =>
        new Tool { Environment = MachineEnvironment.FromVariables(Emulator[SourceKind.Imds].Variables) }
            .RunAsync(["token", "https://vault.azure.net", "--timeout", "5s", .. more]);

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
