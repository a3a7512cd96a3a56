using System.Text.Json;
using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

public sealed class TokenCommandTests(SharedEmulator shared)
{
    private const string Resource = "https://vault.azure.net";

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task every_source_gives_a_token_and_nothing_else(SourceKind source)
    {
        var run = await On(source).RunAsync("token", Resource);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var claims = Claims(run.Output.TrimEnd('\n'));
        Assert.Equal(Resource, claims.GetProperty("aud").GetString());
        Assert.DoesNotContain('\n', run.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task the_json_says_all_that_is_known()
    {
        var clientId = shared.Orders.ClientId.ToString();

        var run = await On(SourceKind.AppService).RunAsync("token", $"{Resource}/.default", "--client-id", clientId, "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = run.Json;
        Assert.Equal(
            "token tokenType expiresOn expiresIn resource source endpoint identity correlationId origin",
            string.Join(' ', json.EnumerateObject().Select(member => member.Name)));
        var claims = Claims(json.GetProperty("token").GetString()!);
        Assert.Equal(shared.Orders.ObjectId.ToString(), claims.GetProperty("oid").GetString());
        Assert.Equal("Bearer", json.GetProperty("tokenType").GetString());
        Assert.EndsWith("Z", json.GetProperty("expiresOn").GetString(), StringComparison.Ordinal);
        Assert.Equal(claims.GetProperty("exp").GetInt64(), json.GetProperty("expiresOn").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.InRange(json.GetProperty("expiresIn").GetInt64(), 80_000, 86_400);
        Assert.Equal(Resource, json.GetProperty("resource").GetString());
        Assert.Equal("app-service", json.GetProperty("source").GetString());
        Assert.Equal(shared.Emulator[SourceKind.AppService].Endpoint.AbsoluteUri, json.GetProperty("endpoint").GetString());
        Assert.Equal("client-id", json.GetProperty("identity").GetProperty("kind").GetString());
        Assert.Equal(clientId, json.GetProperty("identity").GetProperty("id").GetString());
        Assert.True(json.GetProperty("correlationId").TryGetGuid(out _));
        Assert.Equal("endpoint", json.GetProperty("origin").GetString());
    }

    [Fact]
    public async Task output_json_is_the_same_as_json()
    {
        var run = await On(SourceKind.Imds).RunAsync("token", Resource, "-o", "json");

        Assert.Equal(Resource, run.Json.GetProperty("resource").GetString());
    }

    [Fact]
    public async Task a_header_is_one_line_that_http_takes()
    {
        var run = await On(SourceKind.Imds).RunAsync("token", Resource, "--output", "header");

        Assert.Matches(@"^Authorization: Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+\n$", run.Output);
    }

    [Theory]
    [InlineData("bash", @"^export ACCESS_TOKEN='eyJ[\w.-]+'\nexport ACCESS_TOKEN_EXPIRES_ON='[\dT:-]+Z'\n$")]
    [InlineData("pwsh", @"^\$env:ACCESS_TOKEN = 'eyJ[\w.-]+'\n\$env:ACCESS_TOKEN_EXPIRES_ON = '[\dT:-]+Z'\n$")]
    [InlineData("cmd", @"^set ""ACCESS_TOKEN=eyJ[\w.-]+""\nset ""ACCESS_TOKEN_EXPIRES_ON=[\dT:-]+Z""\n$")]
    public async Task variables_are_set_in_the_language_of_a_shell(string shell, string pattern)
    {
        var run = await On(SourceKind.Imds).RunAsync("token", Resource, "--output", "env", "--shell", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(pattern, run.Output);
    }

    [Fact]
    public async Task the_table_says_everything_but_the_token()
    {
        var tool = On(SourceKind.Imds);

        var run = await tool.RunAsync("token", Resource, "--output", "table", "--object-id", shared.Orders.ObjectId.ToString());

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("eyJ", run.Output, StringComparison.Ordinal);
        Assert.Matches(
            $@"^resource     https://vault\.azure\.net
identity     the user-assigned identity with object id {shared.Orders.ObjectId}
source       imds
endpoint     http://127\.0\.0\.1:\d+/metadata/identity/oauth2/token
type         Bearer
expires      \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\dZ \(in 23 h \d+ min\)
acquired in  [\d.]+ (us|ms|s)
correlation  [0-9a-f-]{{36}}
token        not shown; '--output token' prints it
$".ReplaceLineEndings("\n"),
            run.Output);
    }

    [Theory]
    [InlineData("--client-id")]
    [InlineData("--object-id")]
    [InlineData("--resource-id")]
    public async Task an_identity_is_named_by_any_of_its_ids(string option)
    {
        var orders = shared.Orders;
        var id = option switch { "--client-id" => $"{orders.ClientId}", "--object-id" => $"{orders.ObjectId}", _ => orders.ResourceId };

        var run = await On(SourceKind.Imds).RunAsync("token", Resource, option, id);

        Assert.Equal(orders.ObjectId.ToString(), Claims(run.Output.Trim()).GetProperty("oid").GetString());
    }

    [Fact]
    public async Task a_source_can_be_pinned()
    {
        // Both are announced; App Service would come first.
        var both = shared.Emulator[SourceKind.AppService].Variables.Concat(shared.Emulator[SourceKind.Imds].Variables);

        var tool = new Tool { Environment = MachineEnvironment.FromVariables(both) };

        var run = await tool.RunAsync("token", Resource, "--source", "imds", "--json");

        Assert.Equal("imds", run.Json.GetProperty("source").GetString());
    }

    [Fact]
    public async Task an_emulated_endpoint_needs_nothing_of_this_machine()
    {
        var tool = new Tool { Environment = Tool.Machine(("IDENTITY_ENDPOINT", "http://127.0.0.1:1/"), ("IDENTITY_HEADER", "x")) };

        var run = await tool.RunAsync("token", "api://orders", "--emulate", "machine-learning", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("machine-learning", run.Json.GetProperty("source").GetString());
        Assert.Equal("This token is emulated: no Azure service accepts it.\n", run.Error);
    }

    [Fact]
    public async Task an_emulated_endpoint_that_cannot_work_here_says_how_to_put_it_right()
    {
        using var directory = new TemporaryDirectory();
        var tool = new Tool { Environment = new KeyedMachine(Path.Combine(directory.Write("file", ""), "tokens")) };

        var run = await tool.RunAsync("token", Resource, "--emulate", "azure-arc");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: The Azure Arc host cannot write key files to ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_verbose_call_logs_to_standard_error_without_secrets()
    {
        var run = await On(SourceKind.AppService).RunAsync("token", Resource, "--verbose");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3}Z debug: Asking AppService at http://127\.0\.0\.1:\d+/msi/token for ", run.Error);
        new Canary("token", run.Output.Trim()).AssertAbsentFrom(run.Error);
        var header = shared.Emulator[SourceKind.AppService].Variables["IDENTITY_HEADER"];
        new Canary("identity header", header).AssertAbsentFrom(run.Error, run.Output);
    }

    [Theory]
    [InlineData("vault.azure.net", "'vault.azure.net' is a host name, not a resource. Did you mean https://vault.azure.net?")]
    [InlineData("https://a https://b", "'https://a https://b' looks like several scopes.")]
    [InlineData("", "The value cannot be an empty string.")]
    public async Task a_resource_that_is_none_is_a_usage_error(string resource, string message)
    {
        var run = await On(SourceKind.Imds).RunAsync("token", resource);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--client-id", "orders", "'orders' is not a client id, which is a GUID.")]
    [InlineData("--client-id", "/subscriptions/x", "It looks like an ARM resource id: use --resource-id.")]
    [InlineData("--resource-id", "b33ce8f6-b9ea-5272-a275-b66b6fff2f35", "It is a GUID: use --client-id or --object-id.")]
    [InlineData("--allow-http", "http://host:80", "--allow-http must hold host names without scheme and port.")]
    [InlineData("--source", "vm", "--source does not know 'vm'. It takes one of imds, app-service, azure-arc, cloud-shell, ")]
    [InlineData("--output", "yaml", "--output does not know 'yaml'. It takes one of token, json, env, header, table.")]
    public async Task an_option_that_makes_no_sense_is_a_usage_error_in_terms_of_options(string option, string value, string message)
    {
        var run = await On(SourceKind.Imds).RunAsync("token", Resource, option, value);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ManagedIdentity.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("An identity is named by one id", "--client-id", "a", "--object-id", "b")]
    [InlineData("Give --source or --emulate, not both", "--source", "imds", "--emulate", "imds")]
    public async Task options_that_contradict_each_other_are_a_usage_error(string message, params string[] options)
    {
        var run = await On(SourceKind.Imds).RunAsync(["token", Resource, .. options]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
    }

    private static JsonElement Claims(string token) => Decoding.JsonWebToken.Read(token).Claims;

    private Tool On(SourceKind source) => new() { Environment = shared.MachineWith(source) };
}
