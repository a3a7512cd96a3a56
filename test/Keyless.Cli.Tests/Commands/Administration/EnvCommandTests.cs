using Keyless.Cli.Tests.Support;
using Keyless.Emulator;

namespace Keyless.Cli.Tests.Commands.Administration;

public sealed class EnvCommandTests
{
    [Theory]
    [InlineData("bash", "export IDENTITY_ENDPOINT='http://127.0.0.1:")]
    [InlineData("pwsh", "$env:IDENTITY_ENDPOINT = 'http://127.0.0.1:")]
    [InlineData("cmd", "set \"IDENTITY_ENDPOINT=http://127.0.0.1:")]
    [InlineData("docker", "--env IDENTITY_ENDPOINT=http://127.0.0.1:")]
    [InlineData("dotenv", "IDENTITY_ENDPOINT=\"http://127.0.0.1:")]
    [InlineData("launchsettings", "\"IDENTITY_ENDPOINT\": \"http://127.0.0.1:")]
    public async Task it_speaks_the_language_that_is_asked_for(string shell, string line)
    {
        await using var running = await AdministeredEmulator.StartAsync();

        var run = await running.DoAsync("env", "--as", "app-service", "--shell", shell);

        Assert.Contains(line, run.Output, StringComparison.Ordinal);
        Assert.Contains(running.Emulator["web"].Variables["IDENTITY_HEADER"], run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task as_json_it_says_what_to_set_and_what_to_unset()
    {
        await using var running = await AdministeredEmulator.StartAsync();

        var json = (await running.DoAsync("env", "--host", "WEB", "--json")).Json;

        Assert.Equal("web", json.GetProperty("host").GetString());
        Assert.Equal(
            running.Emulator["web"].Variables.Keys.Order(StringComparer.Ordinal),
            json.GetProperty("variables").EnumerateObject().Select(variable => variable.Name).Order(StringComparer.Ordinal));
        Assert.Contains("IMDS_ENDPOINT", json.GetProperty("unset").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task of_several_hosts_of_a_kind_one_must_be_named_and_a_kind_goes_before_its_endpoint()
    {
        await using var running = await AdministeredEmulator.StartAsync(new EmulatorOptions
        {
            Hosts =
            [
                new() { Name = "one", Kind = HostKind.VirtualMachine },
                new() { Name = "two", Kind = HostKind.VirtualMachine },
                new() { Name = "web", Kind = HostKind.AppService },
                new() { Name = "jobs", Kind = HostKind.Functions },
            ],
        });

        var several = await running.RunAsync("env", "--as", "vm");
        var functions = await running.DoAsync("env", "--as", "functions", "--json");
        var web = await running.DoAsync("env", "--as", "app-service", "--json");

        Assert.Equal(2, several.ExitCode);
        Assert.Contains("one (vm), two (vm). Name one by --host", several.Error, StringComparison.Ordinal);
        Assert.Equal(("jobs", "web"), (functions.Json.GetProperty("host").GetString(), web.Json.GetProperty("host").GetString()));
    }
}
