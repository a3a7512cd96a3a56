using System.Security.Cryptography;
using Keyless.Cli.Administration;
using Keyless.Cli.Tests.Diagnosis;
using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

/// <summary>What is gathered for a diagnosis, what is sent for it, and how it is told.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task a_healthy_machine_is_told_so_and_nothing_is_sent()
    {
        var run = await Tool().RunAsync("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Nothing is wrong, as far as 19 checks can tell.\nNothing was sent. --probe looks at the endpoint, too.\n", run.Output);
    }

    [Fact]
    public async Task findings_come_with_remedies_and_an_error_ends_with_code_8()
    {
        using var closed = new ClosedPort();
        (string, string)[] variables = [("AZURE_POD_IDENTITY_AUTHORITY_HOST", closed.Address.AbsoluteUri), ("AZURE_CLIENT_ID", "orders")];

        var text = await Tool(variables).RunAsync("doctor");
        var json = (await Tool(variables).RunAsync("doctor", "--json")).Json;

        Assert.Equal((8, ""), (text.ExitCode, text.Error));
        Assert.StartsWith($"error    AZURE_POD_IDENTITY_AUTHORITY_HOST is {closed.Address}, but nothing listens there.", text.Output, StringComparison.Ordinal);
        Assert.Contains("\n         What to do: Start an emulator with 'keyless up'", text.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nFound: 1 error, 1 warning.\nNothing was sent but to this machine.\n", text.Output, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (json.GetProperty("errors").GetInt32(), json.GetProperty("warnings").GetInt32(), json.GetProperty("notes").GetInt32()));
        Assert.Equal("silent-endpoint", json.GetProperty("findings")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task warnings_alone_are_nothing_serious()
    {
        var run = await Tool(("AZURE_CLIENT_ID", "orders")).RunAsync("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("warning  AZURE_CLIENT_ID is set.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_endpoint_on_loopback_is_asked_for_nothing_and_tells_the_time()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(404, ("Date", "Sun, 15 Mar 2026 09:00:00 GMT")));
        var tool = Tool(("IDENTITY_ENDPOINT", new Uri(server.Address, "msi/token").AbsoluteUri), ("IDENTITY_HEADER", "a-secret-of-the-platform")) with
        {
            Time = new FakeClock(new DateTimeOffset(2026, 3, 15, 10, 0, 0, TimeSpan.Zero)),
        };

        var run = await tool.RunAsync("doctor", "--json");

        Assert.Equal("clock-difference", Assert.Single(run.Json.GetProperty("findings").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(server.Address.GetLeftPart(UriPartial.Authority), run.Json.GetProperty("asked").GetString());
        var request = Assert.Single(server.Requests);
        Assert.Equal(("HEAD", "/"), (request.Method, request.Path));
        Assert.DoesNotContain("a-secret-of-the-platform", request.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://identity.invalid/msi/token")]
    [InlineData("http://169.254.169.254/metadata/identity/oauth2/token")]
    public async Task an_endpoint_elsewhere_is_left_alone(string endpoint)
    {
        // Whatever left this machine would end the tests' process.
        var run = await Tool(("IDENTITY_ENDPOINT", endpoint), ("IDENTITY_HEADER", "a-secret-of-the-platform")).RunAsync("doctor");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("Nothing was sent. --probe looks at the endpoint, too.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_emulators_host_is_not_even_asked_but_its_certificate_is_looked_at()
    {
        await using var running = await AdministeredEmulator.StartAsync(new() { Sources = [SourceKind.ServiceFabric] });
        using var file = AdminFile.Write(running.Emulator.AdminAddress!, Machine());
        var variables = running.Emulator[SourceKind.ServiceFabric].Variables.Select(each => (each.Key, each.Value)).ToArray();

        var right = await Tool(variables).RunAsync("doctor");
        var other = await Tool(
            [.. variables, ("IDENTITY_SERVER_THUMBPRINT", Convert.ToHexString(RandomNumberGenerator.GetBytes(20)))]).RunAsync("doctor", "--json");

        Assert.Equal((0, ""), (right.ExitCode, right.Error));
        Assert.Equal(8, other.ExitCode);
        Assert.Equal("certificate-mismatch", Assert.Single(other.Json.GetProperty("findings").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(0, running.Emulator.Journal.Count);
    }

    [Fact]
    public async Task the_emulators_configuration_is_read()
    {
        var file = _directory.Write("shop.json", """{ "hosts": 3 }""");

        var run = await Tool().RunAsync("doctor", "--config", file, "--json");

        var finding = Assert.Single(run.Json.GetProperty("findings").EnumerateArray());
        Assert.Equal($"{file}:1:12: hosts is a number. Give a list.", finding.GetProperty("finding").GetString());
    }

    public void Dispose() => _directory.Dispose();

    // On a build machine, so that it does not matter where the tests run.
    private (string Name, string Value)[] Variables => [("CI", "1"), ("XDG_RUNTIME_DIR", _directory.Path), ("LOCALAPPDATA", _directory.Path)];

    private MachineEnvironment Machine() => Support.Tool.Machine(Variables);

    private Tool Tool(params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Variables.Concat(more))
            all[name] = value;
        return new Tool { Environment = MachineEnvironment.FromVariables(all), Files = new FakeFiles() };
    }
}
