using Keyless.Cli.Administration;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;

namespace Keyless.Cli.Tests.Commands;

/// <summary>What is said of emulators that run, and of those that are not what their file says.</summary>
public sealed class StatusCommandTests
{
    [Fact]
    public async Task without_an_emulator_it_ends_with_code_4()
    {
        using var directory = new TemporaryDirectory();
        var machine = Machine(directory);

        var text = await new Tool { Environment = machine }.RunAsync("status");
        var json = await new Tool { Environment = machine }.RunAsync("status", "--json");

        Assert.Equal((4, "No emulator is running. 'keyless up' starts one.\n", ""), (text.ExitCode, text.Output, text.Error));
        Assert.Equal(4, json.ExitCode);
        Assert.False(json.Json.GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task what_is_unusual_is_said()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        await running.TokenAsync();
        await running.DoAsync("fault", "enqueue", "status", "status=503", "--host", "vm");
        await running.DoAsync("clock", "advance", "2h");

        var text = (await running.DoAsync("status", "--admin", running.Emulator.AdminAddress!.AbsoluteUri)).Output;

        Assert.Matches(@"\n  faults +1 queued\n", text);
        Assert.Matches(@"\n  clock +2 h ahead\n", text);
        Assert.Matches(@"\n  requests +1\n", text);
        Assert.Matches(@"\nvm +vm +1  http://127\.0\.0\.1:\d+/", text);
    }

    [Fact]
    public async Task several_are_all_shown_but_their_secrets_are_not()
    {
        using var directory = new TemporaryDirectory();
        var machine = Machine(directory);
        await using var one = await AdministeredEmulator.StartAsync();
        await using var other = await AdministeredEmulator.StartAsync();
        using var first = AdminFile.Write(one.Emulator.AdminAddress!, machine);
        using var second = AdminFile.Write(other.Emulator.AdminAddress!, machine);

        var run = await new Tool { Environment = machine }.RunAsync("status");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Emulator 1 of 2:", run.Output, StringComparison.Ordinal);
        Assert.Contains(other.Emulator.AdminAddress!.AbsoluteUri, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(one.Emulator[SourceKind.AppService].Variables["IDENTITY_HEADER"], run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_emulator_that_has_the_port_of_one_in_a_file_is_not_ended_in_its_place()
    {
        using var directory = new TemporaryDirectory();
        var machine = Machine(directory);
        var ended = false;
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], AdminPort = 0, ShutdownRequested = () => ended = true }, TestContext.Current.CancellationToken);
        AdminFile.Write(
            new AdminRecord("", emulator.AdminAddress!) { Process = Environment.ProcessId + 1, Log = "gone.log" }, machine);

        var run = await new Tool { Environment = machine }.RunAsync("down");

        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains("was not touched", run.Error, StringComparison.Ordinal);
        Assert.False(ended);
        Assert.Empty(AdminFile.ReadAll(machine));
    }

    [Fact]
    public async Task one_in_a_terminal_is_not_ended_but_named()
    {
        using var directory = new TemporaryDirectory();
        var machine = Machine(directory);
        await using var running = await AdministeredEmulator.StartAsync();
        using var file = AdminFile.Write(running.Emulator.AdminAddress!, machine);

        var run = await new Tool { Environment = machine }.RunAsync("down");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("One runs in a terminal", run.Output, StringComparison.Ordinal);
        Assert.Single(AdminFile.ReadAll(machine));
    }

    private static MachineEnvironment Machine(TemporaryDirectory directory) =>
        Tool.Machine(("XDG_RUNTIME_DIR", directory.Path), ("XDG_STATE_HOME", directory.Path), ("LOCALAPPDATA", directory.Path));
}
