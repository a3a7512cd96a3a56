using System.Text.Json;
using Keyless.Cli.Decoding;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator.Configuration;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

/// <summary>'keyless emulate' with a configuration file.</summary>
public sealed class EmulateConfigurationTests : IDisposable
{
    private const string Fleet = """
        { "tokenLifetime": "1h",
          "identities": [{ "name": "a" }, { "name": "b" }],
          "hosts": [
            { "name": "one", "kind": "functions", "systemAssigned": false, "userAssigned": ["a"] },
            { "name": "two", "kind": "container-app", "systemAssigned": false, "userAssigned": ["b"] },
            { "name": "three", "kind": "vm" }
          ] }
        """;

    private readonly TemporaryDirectory _directory = new();

    private Tool Tool => new() { Directory = _directory.Path };

    [Fact]
    public async Task the_described_hosts_are_served_and_flags_win()
    {
        _directory.Write("keyless.json", Fleet);
        var tool = Tool;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--json", "--lifetime", "2h");
        var emulator = JsonSerializer.Deserialize<JsonElement>(await tool.Output.LineAsync("{"));
        var hosts = emulator.GetProperty("hosts").EnumerateArray().ToArray();
        var clientId = emulator.GetProperty("identities").EnumerateArray()
            .Single(identity => identity.GetProperty("name").GetString() == "b").GetProperty("clientId").GetString()!;
        var token = await new Tool { Environment = MachineOf(hosts[1]) }.RunAsync("token", "api://orders", "--client-id", clientId, "--json");
        await stop.CancelAsync();

        Assert.Equal((0, ""), (token.ExitCode, token.Error));
        Assert.Equal(["one functions app-service", "two container-app app-service", "three vm imds"], hosts.Select(host =>
            $"{host.GetProperty("name").GetString()} {host.GetProperty("kind").GetString()} {host.GetProperty("source").GetString()}"));
        Assert.Equal(["b"], hosts[1].GetProperty("identities").EnumerateArray().Select(name => name.GetString()!));
        Assert.InRange(token.Json.GetProperty("expiresIn").GetInt64(), 7100, 7200);
        Assert.Contains(
            "/userAssignedIdentities/b",
            JsonWebToken.Read(token.Json.GetProperty("token").GetString()!).Claims.GetProperty("xms_mirid").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(0, (await running).ExitCode);
    }

    [Fact]
    public async Task the_script_names_each_host()
    {
        _directory.Write("keyless.json", Fleet);
        var tool = Tool;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--shell", "bash", "--source", "app-service");
        await tool.Error.LineAsync("Ready.");
        await stop.CancelAsync();

        var output = (await running).Output;
        Assert.Contains("\n# one, functions: App Service, Functions, Container Apps\n", output, StringComparison.Ordinal);
        Assert.Contains("\n# two, container-app: App Service, Functions, Container Apps\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("three", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"hosts\": 1 }", "keyless.json:1:12: hosts is a number. Give a list.")]
    [InlineData(Fleet, "keyless.json describes no host of --source azure-arc, only app-service, imds.", "--source", "azure-arc")]
    [InlineData(Fleet, "keyless.json describes 2: one, two. Give each a port there.", "--source", "app-service", "--port", "5000")]
    [InlineData(Fleet, "none.json: There is no such file.", "--config", "none.json")]
    [InlineData("{}", "--token-times: tokenTimes is \"reel\". Give one of clock, real. Did you mean 'real'?", "--token-times", "reel")]
    public async Task what_cannot_be_served_is_a_usage_error(string text, string message, params string[] options)
    {
        _directory.Write("keyless.json", text);

        var run = await Tool.RunAsync(["emulate", .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.EndsWith($"{message}\n", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "", "real")]
    [InlineData("""{ "tokenTimes": "clock" }""", "", "clock")]
    [InlineData("""{ "tokenTimes": "clock" }""", "real", "real")]
    [InlineData("{}", "real", "clock", "--token-times", "clock")]
    public async Task tokens_tell_the_real_time_unless_something_says_otherwise(string text, string variable, string expected, params string[] options)
    {
        _directory.Write("keyless.json", text);
        var tool = Tool with { Environment = Tool.Machine(("KEYLESS_EMULATOR_TOKEN_TIMES", variable)) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, ["emulate", "--json", .. options]);
        var admin = JsonSerializer.Deserialize<JsonElement>(await tool.Output.LineAsync("{")).GetProperty("admin").GetString()!;
        var clock = await new Tool().RunAsync("clock", "show", "--json", "--admin", admin);
        await stop.CancelAsync();

        Assert.Equal(expected, clock.Json.GetProperty("tokenTimes").GetString());
        Assert.Equal(0, (await running).ExitCode);
    }

    [Fact]
    public async Task the_file_is_followed_and_a_wrong_one_left_alone()
    {
        var file = _directory.Write("keyless.json", Fleet);
        var clock = new FakeClock();
        var tool = Tool with { Time = clock };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--json");
        await tool.Error.LineAsync("Ready.");
        _directory.Write("keyless.json", Fleet.Replace("functions", "function", StringComparison.Ordinal));
        await LookTwiceAsync(clock);
        await tool.Error.LineAsync("The emulator goes on as it was.");
        _directory.Write("keyless.json", Fleet.Replace("1h", "2h", StringComparison.Ordinal).Replace("\"three\"", "\"drei\"", StringComparison.Ordinal));
        await LookTwiceAsync(clock);
        await tool.Error.LineAsync("  hosts[2].name");
        await stop.CancelAsync();

        var run = await running;
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"\nError: {file}:4:30: hosts[0].kind is \"function\". Give one of vm, ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\nReloaded {file}.\n  tokenLifetime: 1h → 2h\n  hosts[2].name: three → drei\nStopped.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task yaml_is_served_and_followed_too()
    {
        const string Text = "tokenLifetime: 1h\nhosts:\n  - name: one\n    kind: functions\n";
        var file = _directory.Write("keyless.yaml", Text);
        var clock = new FakeClock();
        var tool = Tool with { Time = clock };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--json");
        await tool.Error.LineAsync("Ready.");
        _directory.Write("keyless.yaml", Text + "  - name\n");
        await LookTwiceAsync(clock);
        await tool.Error.LineAsync("The emulator goes on as it was.");
        _directory.Write("keyless.yaml", Text.Replace("1h", "2h", StringComparison.Ordinal));
        await LookTwiceAsync(clock);
        await tool.Error.LineAsync("  tokenLifetime");
        await stop.CancelAsync();

        var run = await running;
        Assert.Contains($"\nError: {file}:5:5: hosts[1] is ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"\nReloaded {file}.\n  tokenLifetime: 1h → 2h\nStopped.\n", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task LookTwiceAsync(FakeClock clock)
    {
        for (var look = 0; look < 2; look++)
        {
            await clock.AdvanceToTimerAsync(delay => delay == ConfigurationWatcher.Interval, TestContext.Current.CancellationToken);
            await clock.WaitForTimerAsync(delay => delay == ConfigurationWatcher.Interval, TestContext.Current.CancellationToken);
        }
    }

    private static MachineEnvironment MachineOf(JsonElement host) => MachineEnvironment.FromVariables(host.GetProperty("variables")
        .EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, variable.Value.GetString()!)));
}
