using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Keyless.Cli.Decoding;
using Keyless.Cli.Detection;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Commands;

public sealed class EmulateCommandTests
{
    private const string Resource = "api://orders";

    [Fact]
    public async Task its_json_leads_a_client_to_tokens_until_it_is_told_to_stop()
    {
        using var directory = new TemporaryDirectory();
        var tool = new Tool { Environment = new KeyedMachine(directory.Path) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--json", "--lifetime", "90m");
        var emulator = JsonSerializer.Deserialize<JsonElement>(await tool.Output.LineAsync("{"));
        await tool.Error.LineAsync("Ready.");

        Assert.Equal($"{emulator.GetProperty("admin").GetString()}ui/", emulator.GetProperty("dashboard").GetString());
        var hosts = emulator.GetProperty("hosts").EnumerateArray().ToArray();
        Assert.Equal(
            ["imds", "app-service", "azure-arc", "cloud-shell", "service-fabric", "machine-learning"],
            hosts.Select(host => host.GetProperty("source").GetString()!), StringComparer.Ordinal);
        foreach (var host in hosts)
        {
            var machine = new KeyedMachine(Variables(host), directory.Path);
            var token = await new Tool { Environment = machine }.RunAsync("token", Resource, "--json");

            Assert.Equal(0, token.ExitCode);
            Assert.Equal(host.GetProperty("source").GetString(), token.Json.GetProperty("source").GetString());
            Assert.InRange(token.Json.GetProperty("expiresIn").GetInt64(), 89 * 60, 90 * 60);
            Assert.Equal(JsonValueKind.Null, host.GetProperty("problem").ValueKind);
            var unset = host.GetProperty("unset").EnumerateArray().Select(name => name.GetString()!);
            Assert.Empty(unset.Intersect(Variables(host).Keys, StringComparer.Ordinal));
        }

        await stop.CancelAsync();
        var run = await running;
        Assert.Equal((0, "Ready. Ctrl+C stops it.\nStopped.\n"), (run.ExitCode, run.Error));
        Assert.Equal(2, run.Output.Split('\n').Length);
    }

    [Fact]
    public async Task verbose_logs_each_request_to_standard_error()
    {
        using var directory = new TemporaryDirectory();
        var tool = new Tool { Environment = new KeyedMachine(directory.Path) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--source", "imds", "--json", "--verbose");
        var emulator = JsonSerializer.Deserialize<JsonElement>(await tool.Output.LineAsync("{"));
        await tool.Error.LineAsync("Ready.");
        var token = await new Tool { Environment = new KeyedMachine(Variables(emulator.GetProperty("hosts")[0]), directory.Path) }.RunAsync("token", Resource);
        await stop.CancelAsync();
        var run = await running;

        Assert.Matches(@"Z information: Request 1 to vm \(Token\): GET /metadata/identity/oauth2/token got 200 in .* resource api://orders ", run.Error);
        Assert.DoesNotContain(token.Output.Trim()[..30], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task its_text_is_a_script_with_the_same_variables()
    {
        var run = await RunUntilReadyAsync("emulate", "--source", "app-service", "--source", "imds", "--shell", "bash");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"# Look at it, and change it, in a browser: http://127\.0\.0\.1:\d+/ui/\n", run.Output);
        Assert.Matches(
            @"^# Paste one of these blocks into a shell: what you start there finds that machine's endpoint\.

# imds: a virtual machine, scale set or AKS node
unset IDENTITY_ENDPOINT IDENTITY_HEADER IDENTITY_SERVER_THUMBPRINT IMDS_ENDPOINT MSI_ENDPOINT MSI_SECRET DEFAULT_IDENTITY_CLIENT_ID
export AZURE_POD_IDENTITY_AUTHORITY_HOST='http://127\.0\.0\.1:\d+'

# app-service: App Service, Functions, Container Apps
unset IDENTITY_SERVER_THUMBPRINT IMDS_ENDPOINT DEFAULT_IDENTITY_CLIENT_ID AZURE_POD_IDENTITY_AUTHORITY_HOST
export IDENTITY_ENDPOINT='http://127\.0\.0\.1:\d+/msi/token'
export IDENTITY_HEADER='\w+'
".ReplaceLineEndings("\n"),
            run.Output);
        Assert.Contains("\n#   orders\n#     client id    22b5f906-50cf-505e-8189-7f13b2c0befc\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("/.well-known/openid-configuration\n", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.Matches("^(#.*|unset [A-Z_ ]+|export [A-Z_]+='[^']+'|)$", line));
    }

    [Theory]
    [InlineData("pwsh", "# Paste this into a shell", "$env:MSI_ENDPOINT = 'http://127.0.0.1:")]
    [InlineData("cmd", "rem Paste this into a shell", "set \"MSI_ENDPOINT=http://127.0.0.1:")]
    [InlineData("docker", "# Give this to 'docker run --network host'", "\n--env MSI_ENDPOINT=http://127.0.0.1:")]
    [InlineData("dotenv", "# Put this into an .env file", "\nMSI_ENDPOINT=\"http://127.0.0.1:")]
    [InlineData("launchsettings", "{\n  \"profiles\": {\n    \"cloud-shell\": {", "\"MSI_ENDPOINT\": \"http://127.0.0.1:")]
    [InlineData("json", "{\"authority\":", "\"MSI_ENDPOINT\":\"http://127.0.0.1:")]
    public async Task the_script_speaks_the_language_of_the_shell(string shell, string beginning, string variable)
    {
        var run = await RunUntilReadyAsync("emulate", "--source", "cloud-shell", "--shell", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(beginning, run.Output, StringComparison.Ordinal);
        Assert.Contains(variable, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n#   orders", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task launch_settings_have_a_profile_for_each_machine_with_the_variables_of_others_emptied()
    {
        var run = await RunUntilReadyAsync("emulate", "--source", "imds", "--source", "app-service", "--shell", "launchsettings");

        var profiles = run.Json.GetProperty("profiles");
        Assert.Equal(["imds", "app-service"], profiles.EnumerateObject().Select(static profile => profile.Name), StringComparer.Ordinal);
        var profile = profiles.GetProperty("imds");
        Assert.Equal("Project", profile.GetProperty("commandName").GetString());
        var variables = profile.GetProperty("environmentVariables").EnumerateObject()
            .ToDictionary(static variable => variable.Name, static variable => variable.Value.GetString()!, StringComparer.Ordinal);
        Assert.StartsWith("http://127.0.0.1:", variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"], StringComparison.Ordinal);
        Assert.Equal("", variables["IDENTITY_ENDPOINT"]);
        Assert.Equal(SourceVariable.Names.Order(StringComparer.Ordinal), variables.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ports_can_be_fixed()
    {
        var (port, authorityPort) = (FreePort(), FreePort());

        var run = await RunUntilReadyAsync(
            "emulate", "--source", "imds", "--port", $"{port}", "--authority-port", $"{authorityPort}", "--json");

        Assert.Equal($"http://127.0.0.1:{port}", Variables(run.Json.GetProperty("hosts")[0])["AZURE_POD_IDENTITY_AUTHORITY_HOST"]);
        Assert.StartsWith($"http://127.0.0.1:{authorityPort}/", run.Json.GetProperty("authority").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await new Tool().RunAsync("emulate", "--source", "imds", "--port", $"{port}");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal($"Error: Port {port} of 127.0.0.1 is in use. Stop the program that has it, or choose another port.\n", run.Error);
    }

    [Fact]
    public async Task a_host_that_cannot_work_here_is_marked_and_the_others_work()
    {
        using var directory = new TemporaryDirectory();
        var machine = new KeyedMachine(Path.Combine(directory.Write("file", ""), "tokens"));

        var run = await RunUntilReadyAsync(machine, "emulate", "--source", "azure-arc", "--source", "imds", "--shell", "bash");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\n# Not usable: The Azure Arc host cannot write key files to ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port needs exactly one --source", "--port", "8080")]
    [InlineData("--port needs exactly one --source", "--port", "8080", "--source", "imds", "--source", "azure-arc")]
    [InlineData("--port is '0', which is no port", "--port", "0", "--source", "imds")]
    [InlineData("--port is '99999', which is no port", "--port", "99999", "--source", "imds")]
    [InlineData("--authority-port is 'x', which is no port", "--authority-port", "x")]
    [InlineData("--address is 'here', which is no IP address", "--address", "here")]
    [InlineData("--address is 0.0.0.0, which other machines may reach", "--address", "0.0.0.0")]
    [InlineData("--address is ::, which other machines may reach", "--address", "::")]
    [InlineData("--address is 192.0.2.1, which other machines may reach", "--address", "192.0.2.1")]
    [InlineData("--lifetime does not understand '1d'", "--lifetime", "1d")]
    [InlineData("--lifetime is 10ms, but must be from 1s to 8760h", "--lifetime", "10ms")]
    [InlineData("--source does not know 'vm'", "--source", "vm")]
    [InlineData("--shell does not know 'fish'", "--shell", "fish")]
    public async Task what_makes_no_sense_is_a_usage_error(string message, params string[] options)
    {
        var run = await new Tool().RunAsync(["emulate", .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_tokens_name_the_identity_that_was_printed()
    {
        var tool = new Tool();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var running = tool.RunAsync(stop.Token, "emulate", "--source", "imds", "--json");
        var emulator = JsonSerializer.Deserialize<JsonElement>(await tool.Output.LineAsync("{"));
        var identities = emulator.GetProperty("identities").EnumerateArray();
        var identity = identities.Single(each => each.GetProperty("name").GetString() == "billing");
        var token = await new Tool { Environment = MachineEnvironment.FromVariables(Variables(emulator.GetProperty("hosts")[0])) }
            .RunAsync("token", Resource, "--resource-id", identity.GetProperty("resourceId").GetString()!);
        await stop.CancelAsync();

        var claims = JsonWebToken.Read(token.Output.Trim()).Claims;
        Assert.Equal(identity.GetProperty("clientId").GetString(), claims.GetProperty("appid").GetString());
        Assert.Equal(0, (await running).ExitCode);
    }

    private static Task<ToolRun> RunUntilReadyAsync(params string[] args) => RunUntilReadyAsync(Tool.Machine(), args);

    private static async Task<ToolRun> RunUntilReadyAsync(MachineEnvironment machine, params string[] args)
    {
        var tool = new Tool { Environment = machine };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = tool.RunAsync(stop.Token, args);
        var ready = tool.Error.LineAsync("Ready.");
        if (await Task.WhenAny(running, ready) == ready)
            await stop.CancelAsync();
        return await running;
    }

    private static Dictionary<string, string> Variables(JsonElement host) => host.GetProperty("variables").EnumerateObject()
        .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!, StringComparer.Ordinal);

    // Free a moment ago; nothing else on this machine hands the same one out again so soon.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
