using System.Text.Json;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Commands;

public sealed class EmulateAccessTests
{
    private const string Key = "a-key-of-24-characters-!";

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task an_address_that_others_reach_takes_an_admin_key(string address)
    {
        var run = await new Tool().RunAsync("emulate", "--bind", address);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: --bind is {address}, which other machines may reach", run.Error, StringComparison.Ordinal);
        Assert.Contains("KEYLESS_ADMIN_KEY", run.Error, StringComparison.Ordinal);
        Assert.Contains("--admin-key-file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task with_a_key_it_is_taken_and_the_variables_have_the_name_that_others_use()
    {
        var (json, run) = await StartAsync(
            Tool.Machine(("KEYLESS_ADMIN_KEY", Key)), "emulate", "--source", "imds", "--bind", "0.0.0.0", "--allowed-host", "emulator", "--json");

        Assert.StartsWith(
            "http://emulator:", json.GetProperty("hosts")[0].GetProperty("variables").GetProperty("AZURE_POD_IDENTITY_AUTHORITY_HOST").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(Key, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_key_may_stand_in_a_file()
    {
        using var directory = new TemporaryDirectory();
        var (_, run) = await StartAsync(
            Tool.Machine(), "emulate", "--source", "imds", "--bind", "0.0.0.0", "--admin-key-file", directory.Write("key", Key), "--json");

        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData(2, "--address and --bind say the same", "--address", "127.0.0.1", "--bind", "127.0.0.1")]
    [InlineData(2, "--bind is 'here', which is no IP address", "--bind", "here")]
    [InlineData(2, "--admin-port is '0', which is no port", "--admin-port", "0")]
    [InlineData(2, "--passthrough and --passthrough-resource belong together", "--passthrough", "az")]
    [InlineData(2, "--passthrough and --passthrough-resource belong together", "--passthrough-resource", "https://vault.azure.net")]
    [InlineData(2, "--passthrough does not know 'gcloud'", "--passthrough", "gcloud", "--passthrough-resource", "https://vault.azure.net")]
    [InlineData(1, "--allowed-host holds 'a b'", "--allowed-host", "a b")]
    [InlineData(1, "--passthrough-resource holds '*'", "--passthrough", "az", "--passthrough-resource", "*")]
    public async Task what_makes_no_sense_is_refused(int code, string message, params string[] options)
    {
        var run = await new Tool().RunAsync(["emulate", "--source", "imds", .. options]);

        Assert.Equal((code, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_does_not_start_in_azure_unless_that_is_meant()
    {
        var machine = Tool.Machine(("WEBSITE_INSTANCE_ID", "1"), ("WEBSITE_SITE_NAME", "shop"));

        var refused = await new Tool { Environment = machine }.RunAsync("emulate", "--source", "imds");
        var (_, meant) = await StartAsync(machine, "emulate", "--source", "imds", "--allow-in-azure", "--json");

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("set --allow-in-azure or the variable KEYLESS_ALLOW_IN_AZURE=1", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, meant.ExitCode);
    }

    [Fact]
    public async Task pass_through_is_loud()
    {
        var (json, run) = await StartAsync(
            Tool.Machine(), "emulate", "--source", "imds", "--passthrough", "az", "--passthrough-resource", "https://vault.azure.net", "--json");

        Assert.StartsWith("Warning: Pass-through is on: requests for https://vault.azure.net", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("Pass-through is on", json.GetProperty("passthrough").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(JsonElement Json, ToolRun Run)> StartAsync(MachineEnvironment machine, params string[] args)
    {
        var tool = new Tool { Environment = machine };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = tool.RunAsync(stop.Token, args);
        var ready = tool.Error.LineAsync("Ready.");
        if (await Task.WhenAny(running, ready) == ready)
            await stop.CancelAsync();
        var run = await running;
        return (JsonSerializer.Deserialize<JsonElement>(run.Output), run);
    }
}
