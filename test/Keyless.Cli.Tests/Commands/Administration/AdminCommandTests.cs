using System.Text.Json;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;
using Keyless.Emulator.Configuration;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands.Administration;

public sealed class AdminCommandTests
{
    private const string Key = "a-key-of-24-characters-!";

    [Fact]
    public async Task the_clock_is_shown_and_moved()
    {
        await using var running = await AdministeredEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = new FakeClock() });

        Assert.Contains("2026-03-14 09:26:53Z", (await running.DoAsync("clock", "show")).Output, StringComparison.Ordinal);
        Assert.Contains("no, it is frozen", (await running.DoAsync("clock", "freeze")).Output, StringComparison.Ordinal);
        Assert.Contains("2026-03-15 10:26:53Z", (await running.DoAsync("clock", "advance", "25h")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "-10m in what others are told", (await running.DoAsync("clock", "skew", "--", "-10m")).Output, StringComparison.Ordinal);
        Assert.Equal(60, (await running.DoAsync("clock", "speed", "60", "--json")).Json.GetProperty("speed").GetDouble());
        await running.DoAsync("clock", "resume");
        await running.DoAsync("clock", "set", "2030-01-01T00:00:00Z");

        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), running.Emulator.Clock.GetUtcNow());
        Assert.False(running.Emulator.Clock.IsFrozen);
    }

    [Fact]
    public async Task faults_are_queued_added_listed_removed_and_cleared()
    {
        await using var running = await AdministeredEmulator.StartAsync();

        Assert.Equal("Nothing goes wrong.\n", (await running.DoAsync("fault", "list")).Output);
        await running.DoAsync("fault", "enqueue", "status", "status=400", "text=no", "--host", "vm", "--match", "leg=token");
        var added = await running.DoAsync("fault", "add", "down", "status", "status=403", "--when", "probability=1");
        Assert.Contains("down", added.Output, StringComparison.Ordinal);
        Assert.Contains("probability=1", added.Output, StringComparison.Ordinal);
        var plans = (await running.DoAsync("fault", "list", "--json")).Json.GetProperty("plans");
        Assert.Equal("status", plans[1].GetProperty("queue")[0].GetProperty("kind").GetString());
        var (first, second) = ((await running.TokenAsync()).ExitCode, (await running.TokenAsync()).ExitCode);
        Assert.Equal((5, 5), (first, second));
        Assert.Equal([400, 403], running.Emulator.Journal.Entries.Select(entry => entry.Status));

        await running.DoAsync("fault", "remove", "down");
        Assert.Equal(0, (await running.TokenAsync()).ExitCode);
        await running.DoAsync("fault", "add", "slow", "latency", "delay=1s", "--host", "web");
        await running.DoAsync("fault", "clear");
        Assert.Empty(running.Emulator["web"].Faults.Rules);
        Assert.Contains("status", (await running.DoAsync("fault", "kinds")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_preset_is_added_by_its_name()
    {
        await using var running = await AdministeredEmulator.StartAsync();

        Assert.Contains("throttled", (await running.DoAsync("fault", "presets")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "throttled", (await running.DoAsync("fault", "preset", "throttled", "--host", "vm")).Output, StringComparison.Ordinal);
        Assert.NotEmpty(running.Emulator["vm"].Faults.Rules);
    }

    [Fact]
    public async Task the_journal_is_exported()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        await running.TokenAsync();

        var har = await running.DoAsync("journal", "export", "--host", "vm");
        var lines = await running.DoAsync("journal", "export", "--format", "jsonl");

        Assert.Equal(1, har.Json.GetProperty("log").GetProperty("entries").GetArrayLength());
        Assert.Equal("vm", lines.Json.GetProperty("host").GetString());
    }

    [Fact]
    public async Task a_rule_may_come_from_a_file()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        var tool = running.Tool() with { Input = Tool.Text("""{ "name": "busy", /* why */ "fault": { "kind": "status", "status": 503 }, }""") };

        var run = await tool.RunAsync("fault", "add", "--file", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("busy", Assert.Single(running.Emulator.Faults.Rules).Name);
    }

    [Theory]
    [InlineData("Give the rule's name and the fault's kind", "fault", "add")]
    [InlineData("'429' is no parameter", "fault", "enqueue", "status", "429")]
    [InlineData("body.fault.kind is \"flood\"", "fault", "enqueue", "flood")]
    [InlineData("body.by is \"soon\"", "clock", "advance", "soon")]
    [InlineData("Give one of list, next, rotate, revoke", "key")]
    [InlineData("--admin is 'here', which is no address", "clock", "show", "--admin", "here")]
    [InlineData("--admin is 'ftp://a', which is no address", "clock", "show", "--admin", "ftp://a")]
    [InlineData("--admin-key-file: /nowhere/key cannot be read", "clock", "show", "--admin-key-file", "/nowhere/key")]
    [InlineData("Say which host is meant", "env")]
    [InlineData("Say which host is meant", "env", "--as", "vm", "--host", "vm")]
    public async Task what_makes_no_sense_is_a_usage_error(string message, params string[] args)
    {
        await using var running = await AdministeredEmulator.StartAsync();

        var run = await running.RunAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no rule 'x'", "fault", "remove", "x")]
    [InlineData("There is no host 'x'. Hosts: vm, web", "fault", "clear", "--host", "x")]
    [InlineData("No published key has the id 'x'", "key", "revoke", "x")]
    [InlineData("There is no identity 'x'", "identity", "remove", "x")]
    [InlineData("There is no request 7", "journal", "show", "7")]
    [InlineData("has no host of the kind azure-arc. It has vm (vm), web (app-service)", "env", "--as", "azure-arc")]
    public async Task what_is_not_there_is_refused(string message, params string[] args)
    {
        await using var running = await AdministeredEmulator.StartAsync();

        var run = await running.RunAsync(args);

        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task keys_are_listed_rotated_and_revoked()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        await running.TokenAsync();

        var before = (await running.DoAsync("key", "list", "--json")).Json.GetProperty("keys")[0].GetProperty("id").GetString()!;
        var next = await running.DoAsync("key", "next");
        var rotated = await running.DoAsync("key", "rotate", "--overlap", "1h");
        var revoked = await running.DoAsync("key", "revoke", before);

        Assert.Contains("next", next.Output, StringComparison.Ordinal);
        Assert.Contains("active", rotated.Output, StringComparison.Ordinal);
        Assert.Contains("gone", revoked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task registered_apis_are_listed()
    {
        await using var running = await AdministeredEmulator.StartAsync(new EmulatorOptions
        {
            Resources = [new() { Identifiers = ["api://orders"], TokenVersion = 2, Roles = ["Orders.Read"], AssignmentRequired = true }],
        });
        await using var bare = await AdministeredEmulator.StartAsync();

        var run = await running.DoAsync("resource", "list");

        Assert.Matches("api://orders +[0-9a-f-]{36} +v2 +Orders.Read, one required", run.Output);
        Assert.Contains("Others get tokens of version 1.", run.Output, StringComparison.Ordinal);
        Assert.Contains("No API is registered.", (await bare.DoAsync("resource", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("api://orders", (await running.DoAsync("resource", "list", "--json")).Json.GetProperty("resources")[0].GetProperty("identifiers")[0].GetString());
    }

    [Fact]
    public async Task the_configuration_of_a_running_emulator_is_shown_with_origins()
    {
        var configuration = EmulatorConfiguration.Read(new ConfigurationLayers { Flags = [new("tokenLifetime", "--lifetime", "90m")] });
        await using var running = await AdministeredEmulator.StartAsync(configuration.Options);
        await using var bare = await AdministeredEmulator.StartAsync();

        Assert.Matches("tokenLifetime +90m +--lifetime", (await running.DoAsync("config", "show", "--running")).Output);
        Assert.Equal("127.0.0.1", (await running.DoAsync("config", "show", "--running", "--json")).Json.GetProperty("access").GetProperty("address").GetString());
        Assert.Contains("come from no file", (await bare.DoAsync("config", "show", "--running")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await running.RunAsync("config", "show", "--running", "--config", "a.json")).ExitCode);
    }

    [Fact]
    public async Task identities_are_made_assigned_and_deleted()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        const string Id = "11111111-2222-3333-4444-555555555555";

        await running.DoAsync("identity", "add", "shipping", "--client-id", Id, "--host", "vm");
        Assert.Equal(0, (await running.TokenAsync("--client-id", Id)).ExitCode);
        Assert.Contains("disabled", (await running.DoAsync("identity", "disable", "shipping")).Output, StringComparison.Ordinal);
        await running.DoAsync("identity", "enable", "shipping");
        Assert.DoesNotContain(
            "shipping", (await running.DoAsync("identity", "unassign", "shipping", "--host", "vm")).Output, StringComparison.Ordinal);
        Assert.Equal(5, (await running.TokenAsync("--client-id", Id)).ExitCode);
        Assert.Contains(
            "shipping", (await running.DoAsync("identity", "assign", "shipping", "--host", "vm")).Output, StringComparison.Ordinal);
        Assert.Equal("Deleted.\n", (await running.DoAsync("identity", "remove", "shipping")).Output);
        Assert.DoesNotContain("shipping", (await running.DoAsync("identity", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_journal_is_listed_shown_and_cleared_without_tokens()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        var token = (await running.TokenAsync()).Output.Trim();

        var list = await running.DoAsync("journal", "list", "--host", "vm", "--leg", "token");
        var other = await running.DoAsync("journal", "list", "--status", "429");
        var one = await running.DoAsync("journal", "show", "1");
        await running.DoAsync("journal", "clear");

        Assert.Contains("https://vault.azure.net", list.Output, StringComparison.Ordinal);
        Assert.Equal("No requests.\n", other.Output);
        Assert.Equal("vm", one.Json.GetProperty("request").GetProperty("host").GetString());
        Assert.DoesNotContain(token, list.Output + one.Output, StringComparison.Ordinal);
        Assert.Equal("No requests.\n", (await running.DoAsync("journal", "list")).Output);
    }

    [Fact]
    public async Task the_tail_shows_what_was_and_what_comes_until_it_is_stopped()
    {
        await using var running = await AdministeredEmulator.StartAsync();
        await running.TokenAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var tool = running.Tool();

        var tail = tool.RunAsync(stop.Token, "journal", "tail", "--json");
        var first = await tool.Output.LineAsync("{");
        await running.TokenAsync("--client-id", Guid.NewGuid().ToString());
        var second = await tool.Output.LineAsync("{");
        await stop.CancelAsync();

        Assert.Equal(0, (await tail).ExitCode);
        Assert.Equal([200, 400], [StatusOf(first), StatusOf(second)]);

        static int StatusOf(string line) => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("status").GetInt32();
    }

    [Fact]
    public async Task a_key_is_taken_from_a_file_or_a_variable_and_never_shown()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("key", $"{Key}\n");
        var options = new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = Key };
        await using var running = await AdministeredEmulator.StartAsync(options);
        await using var known = await AdministeredEmulator.StartAsync(options, ("KEYLESS_ADMIN_KEY", Key));

        var without = await running.RunAsync("clock", "show");
        var byFile = await running.DoAsync("clock", "show", "--admin-key-file", file);
        var byVariable = await known.DoAsync("clock", "show", "--json");

        Assert.Equal(5, without.ExitCode);
        Assert.Contains("--admin-key-file or KEYLESS_ADMIN_KEY", without.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, byFile.Output + byVariable.Output, StringComparison.Ordinal);
    }
}
