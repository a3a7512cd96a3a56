using System.Globalization;
using System.Text.Json;
using Keyless.Cli.Decoding;
using Keyless.Cli.Execution;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;

namespace Keyless.Cli.Tests.Commands;

/// <summary>'keyless exec' on a host that a configuration file describes.</summary>
public sealed class ExecConfigurationTests : IDisposable
{
    private const string Shop = """
        { "tokenLifetime": "1h",
          "tenants": [{ "name": "home" }, { "name": "partner" }],
          "identities": [{ "name": "cart" }, { "name": "stock" }, { "name": "guest", "tenant": "partner" }],
          "hosts": [
            { "name": "front", "kind": "functions", "systemAssigned": false, "userAssigned": ["cart"] },
            { "name": "back", "kind": "container-app" },
            { "name": "store", "kind": "vm", "userAssigned": ["stock"] },
            { "name": "abroad", "kind": "machine-learning", "tenant": "partner", "systemAssigned": false, "userAssigned": ["guest"] },
            { "name": "console", "kind": "cloud-shell" }
          ] }
        """;

    private const string Tell = "echo $IDENTITY_ENDPOINT$AZURE_POD_IDENTITY_AUTHORITY_HOST; echo $IDENTITY_HEADER; read x";

    private readonly TemporaryDirectory _directory = new();

    public ExecConfigurationTests()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "This machine has no /bin/sh.");
        _directory.Write("keyless.json", Shop);
    }

    [Theory]
    [InlineData("front", "--as", "app-service")]
    [InlineData("store", "--as", "imds")]
    [InlineData("back", "--host", "back")]
    [InlineData("back", "--host", "BACK", "--as", "app-service")]
    [InlineData("abroad", "--as", "machine-learning")]
    public async Task the_kind_takes_its_first_host_and_a_name_the_one_of_the_name(string expected, params string[] choice)
    {
        var tool = new Tool { Directory = _directory.Path, Environment = Tool.Machine(("NO_COLOR", "1")), ErrorWidth = 100 };

        var run = await tool.RunAsync(["exec", .. choice, "--", "true"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"Emulating {expected} (", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", TokenTimes.Real)]
    [InlineData("clock", TokenTimes.Clock)]
    public void the_commands_tokens_tell_the_real_time_unless_something_says_otherwise(string variable, TokenTimes expected)
    {
        var choice = new HostChoice { ConfigurationFile = null, Source = SourceKind.Imds, Name = null, Identity = null };

        var options = choice.Resolve(new ToolContext
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            OpenInput = () => Stream.Null,
            Environment = Tool.Machine(("KEYLESS_EMULATOR_TOKEN_TIMES", variable)),
            Directory = _directory.Path,
        });

        Assert.Equal(expected, options.TokenTimes);
    }

    [Fact]
    public async Task the_command_gets_a_token_of_the_hosts_identity_as_the_file_has_it()
    {
        var answer = await AnswerAsync("--as", "app-service");

        Assert.EndsWith("/userAssignedIdentities/cart", ResourceIdIn(answer), StringComparison.Ordinal);
        var lifetime = long.Parse(answer.GetProperty("expires_on").GetString()!, CultureInfo.InvariantCulture)
            - DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(lifetime, 3540, 3601);
    }

    [Theory]
    [InlineData("front", "stock", "/userAssignedIdentities/stock")]
    [InlineData("front", "system", "/front")]
    [InlineData("store", "cart", "/userAssignedIdentities/cart")]
    [InlineData("store", "system", "/store")]
    public async Task an_identity_of_the_file_is_the_only_one_of_the_host(string host, string identity, string expected)
    {
        var answer = await AnswerAsync("--host", host, "--identity", identity);

        Assert.EndsWith(expected, ResourceIdIn(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_file_that_is_named_wins_over_the_one_that_a_variable_names_and_that_over_the_directorys()
    {
        _directory.Write("other.json", Shop.Replace("\"store\"", "\"other\"", StringComparison.Ordinal));
        _directory.Write("third.json", Shop.Replace("\"store\"", "\"third\"", StringComparison.Ordinal));

        Assert.StartsWith("Emulating store (imds)", await SaidAsync([]), StringComparison.Ordinal);
        Assert.StartsWith("Emulating other (imds)", await SaidAsync([("KEYLESS_EMULATOR_CONFIG", "other.json")]), StringComparison.Ordinal);
        Assert.StartsWith(
            "Emulating third (imds)",
            await SaidAsync([("KEYLESS_EMULATOR_CONFIG", "other.json")], "--config", "third.json"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_file_without_hosts_leaves_one_of_each_kind_with_its_identities()
    {
        _directory.Write("keyless.json", """{ "identities": [{ "name": "till" }] }""");

        Assert.StartsWith("Emulating imds: identities system, till.", await SaidAsync([]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keyless.json has no host of --as azure-arc. It has front (app-service), back (app-service), store (imds), ", "--as", "azure-arc")]
    [InlineData("keyless.json has no host 'vm'. It has front (app-service), back (app-service), store (imds), ", "--host", "vm")]
    [InlineData("--host and --as don't agree: store (imds) is no host of app-service.", "--host", "store", "--as", "app-service")]
    [InlineData("--identity does not know 'orders'. It takes one of system, cart, stock.", "--host", "store", "--identity", "orders")]
    [InlineData("--identity does not know 'cart'. It takes one of system, guest.", "--host", "abroad", "--identity", "cart")]
    [InlineData("--identity has no meaning with cloud-shell", "--host", "console", "--identity", "cart")]
    [InlineData("none.json: There is no such file.", "--as", "imds", "--config", "none.json")]
    [InlineData("Say what the command is to run on", "--config", "keyless.json")]
    public async Task what_the_file_does_not_have_is_a_usage_error(string message, params string[] options)
    {
        var ran = Path.Combine(_directory.Path, "ran");

        var run = await new Tool { Directory = _directory.Path }.RunAsync(["exec", .. options, "--", "touch", ran]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(ran));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>What the tool says on a terminal.</summary>
    private async Task<string> SaidAsync((string Name, string Value)[] variables, params string[] options)
    {
        var tool = new Tool { Directory = _directory.Path, Environment = Tool.Machine([("NO_COLOR", "1"), .. variables]), ErrorWidth = 100 };
        return (await tool.RunAsync(["exec", "--as", "imds", .. options, "--", "true"])).Error;
    }

    /// <summary>What the host answers to who names no identity.</summary>
    private async Task<JsonElement> AnswerAsync(params string[] options)
    {
        string[] file = ["--config", Path.Combine(_directory.Path, "keyless.json")];
        using var tool = ToolProcess.Start([], ["exec", .. file, .. options, "--", "sh", "-c", Tell]);
        var endpoint = (await tool.LineAsync())!;
        var secret = await tool.LineAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Metadata", "true");
        if (secret is { Length: > 0 })
            http.DefaultRequestHeaders.Add("X-IDENTITY-HEADER", secret);
        var request = endpoint.Contains("/msi/", StringComparison.Ordinal)
            ? $"{endpoint}?api-version=2019-08-01"
            : $"{endpoint}/metadata/identity/oauth2/token?api-version=2018-02-01";

        var answer = await http.GetStringAsync(new Uri($"{request}&resource=api://orders"), TestContext.Current.CancellationToken);

        var run = await tool.EndAsync();
        Assert.Equal("", run.Error);
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }

    private static string? ResourceIdIn(JsonElement answer) =>
        JsonWebToken.Read(answer.GetProperty("access_token").GetString()!).Claims.GetProperty("xms_mirid").GetString();
}
