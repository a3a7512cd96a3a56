using Keyless.Cli.Tests.Support;
using Keyless.Emulator;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands.Administration;

public sealed class FaultReplayCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("jsonl")]
    [InlineData("har")]
    public async Task what_one_emulator_exported_another_one_replays(string format)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, $"night.{format}");
        await using (var first = await AdministeredEmulator.StartAsync())
        {
            await first.DoAsync("fault", "enqueue", "status", "status=403", "text=No.");
            await first.TokenAsync();
            await first.TokenAsync();
            await File.WriteAllTextAsync(file, (await first.DoAsync("journal", "export", "--format", format)).Output, Cancellation);
        }

        await using var second = await AdministeredEmulator.StartAsync();
        var replay = await second.DoAsync("fault", "replay", file);

        Assert.Contains("status=403", replay.Output, StringComparison.Ordinal);
        Assert.Equal((5, 0), ((await second.TokenAsync()).ExitCode, (await second.TokenAsync()).ExitCode));
        Assert.Equal([403, 200], second.Emulator.Journal.Entries.Select(entry => entry.Status));
    }

    [Fact]
    public async Task a_recording_is_read_from_standard_input_for_another_host()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        var tool = running.Tool() with
        {
            Input = Tool.Text("""{"host": "old", "leg": "token", "status": 503, "answerBody": "busy"}"""),
        };

        var run = await tool.RunAsync("fault", "replay", "-", "--host", "web", "--from", "old");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""{"kind":"status","status":503,"content":"busy","contentType":"text/plain"}""", Assert.Single(running.Emulator["web"].Faults.Queue).ToString());
    }

    [Fact]
    public async Task a_wrong_file_is_refused_with_its_line()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "night.jsonl");
        await File.WriteAllTextAsync(file, "{\"host\": \"vm\", \"leg\": \"token\", \"status\": 429}\n{\"host\": \"vm\"}\n", Cancellation);
        await using var running = await AdministeredEmulator.StartAsync();

        var wrong = await running.RunAsync("fault", "replay", file);
        var missing = await running.RunAsync("fault", "replay", Path.Combine(directory.Path, "no.jsonl"));

        Assert.Equal((2, 2), (wrong.ExitCode, missing.ExitCode));
        Assert.Contains("night.jsonl, line 2: request.leg is missing.", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", missing.Error, StringComparison.Ordinal);
        Assert.Empty(running.Emulator["vm"].Faults.Queue);
    }

    [Fact]
    public async Task a_recording_that_is_too_everythingis_refused_with_what_to_do()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        var line = $$"""{"host": "vm", "leg": "token", "status": 503, "answerBody": "{{new string('x', 1000)}}"}""" + "\n";
        var other = line.Replace("vm", "web", StringComparison.Ordinal);
        var everything = string.Concat(Enumerable.Repeat(line, 1100).Append(other));

        var all = await (running.Tool() with { Input = Tool.Text(everything) }).RunAsync("fault", "replay", "-");
        var one = await (running.Tool() with { Input = Tool.Text(everything) }).RunAsync("fault", "replay", "-", "--from", "web");
        var many = await (running.Tool() with { Input = Tool.Text(string.Concat(Enumerable.Repeat(line, 900))) }).RunAsync("fault", "replay", "-");

        Assert.Equal((2, 0, 0), (all.ExitCode, one.ExitCode, many.ExitCode));
        Assert.Contains("Take those of one host by --from", all.Error, StringComparison.Ordinal);
        Assert.Equal((900, 1), (running.Emulator["vm"].Faults.Queue.Count, running.Emulator["web"].Faults.Queue.Count));
    }

    [Fact]
    public async Task a_request_becomes_a_rule_that_can_be_added_from_a_file()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "rule.json");
        await using var running = await AdministeredEmulator.StartAsync();
        await running.DoAsync("fault", "enqueue", "refusal", "reason=identity-not-found");
        await running.TokenAsync();

        await File.WriteAllTextAsync(file, (await running.DoAsync("journal", "rule", "1")).Output, Cancellation);
        await running.DoAsync("fault", "add", "--file", file);

        Assert.Equal("request-1", Assert.Single(running.Emulator.Faults.Rules).Name);
        Assert.Equal((5, 5), ((await running.TokenAsync()).ExitCode, (await running.TokenAsync()).ExitCode));
    }

    [Fact]
    public async Task the_state_of_a_scenario_is_set_for_a_time()
    {
        var clock = new FakeClock();
        await using var running = await AdministeredEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = clock });

        var set = await running.DoAsync("fault", "state", "down", "--for", "30s", "--then", "up", "--host", "vm");
        Assert.Contains("vm is in the state down until 2026-03-14 09:27:23Z, then in up.\n", set.Output, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("vm is in the state up.\n", (await running.DoAsync("fault", "list")).Output, StringComparison.Ordinal);
        await running.DoAsync("fault", "state", "--host", "vm");
        Assert.Null(running.Emulator["vm"].Faults.State);
        Assert.Equal(2, (await running.RunAsync("fault", "state", "down", "--then", "up")).ExitCode);
    }
}
