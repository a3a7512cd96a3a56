using System.Net;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Passthrough.Tests;

public sealed class PassthroughTests : IDisposable
{
    private const string Version = "api-version=2018-02-01";

    private readonly FakeClock _clock = new();
    private readonly StandIn _command = new();
    private readonly TemporaryDirectory _keys = new();

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    public void Dispose()
    {
        _command.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task a_listed_resource_gets_the_developers_own_token_and_the_answer_says_so()
    {
        await using var emulator = await StartAsync(_command.LikeAz(_clock.Now.AddMinutes(70)).Options());

        var answer = await AskAsync(emulator, HostCalls.Vault);

        Assert.Equal(StandIn.Token, answer.Token);
        Assert.Equal("az", answer.Header("x-keyless-passthrough"));
        Assert.Equal("4200", answer.String("expires_in"));
        Assert.Equal(["account", "get-access-token", "--resource", HostCalls.Vault, "--output", "json"], _command.Arguments);
        Assert.Contains("real tokens of whoever is logged in to az", emulator.PassthroughNotice, StringComparison.Ordinal);
        Assert.Contains(HostCalls.Vault, emulator.PassthroughNotice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://management.azure.com")]
    [InlineData("https://vault.azure.net.attacker.example")]
    [InlineData("https://vault.azure.net/secrets")]
    public async Task any_other_resource_gets_an_emulated_token_and_the_command_is_not_run(string resource)
    {
        await using var emulator = await StartAsync(_command.LikeAz(_clock.Now.AddHours(1)).Options());

        var answer = await AskAsync(emulator, resource);

        Assert.StartsWith(
            "keyless-emulator-", new DecodedToken(answer.Token).Header.GetProperty("kid").GetString(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("x-keyless-passthrough"));
        Assert.Equal(0, _command.Calls);
    }

    [Fact]
    public async Task without_the_option_nothing_is_passed_through()
    {
        await using var emulator = await StartAsync(null);

        Assert.Null(emulator.PassthroughNotice);
        Assert.NotEqual(StandIn.Token, (await AskAsync(emulator, HostCalls.Vault)).Token);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task a_client_on_every_kind_of_host_gets_it(SourceKind source)
    {
        await using var emulator = await StartAsync(
            _command.LikeAz(TimeProvider.System.GetUtcNow().AddHours(1)).Options(), TimeProvider.System);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = new EmulatedMachine(
            emulator[source].Variables, _keys.Path)
        });

        var token = await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken);

        Assert.Equal(StandIn.Token, token.Token);
    }

    [Fact]
    public async Task a_token_is_kept_until_two_minutes_are_left()
    {
        await using var emulator = await StartAsync(_command.LikeAz(_clock.Now.AddMinutes(60)).Options());

        await AskAsync(emulator, HostCalls.Vault);
        await AskAsync(emulator, "HTTPS://VAULT.azure.net/");
        _clock.Advance(TimeSpan.FromMinutes(57));
        await AskAsync(emulator, HostCalls.Vault);
        Assert.Equal(1, _command.Calls);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(emulator, HostCalls.Vault);
        Assert.Equal(2, _command.Calls);
    }

    [Fact]
    public async Task the_clock_of_the_command_and_its_tenant_are_understood_in_azds_form_too()
    {
        _command.Printing(new() { ["token"] = StandIn.Token, ["expiresOn"] = "2026-03-14T10:26:53Z" });
        var options = _command.Options(PassthroughCommand.Azd) with { Tenant = "contoso.onmicrosoft.com" };
        await using var emulator = await StartAsync(options);

        var answer = await AskAsync(emulator, HostCalls.Vault);

        Assert.Equal("azd", answer.Header("x-keyless-passthrough"));
        Assert.Equal("3600", answer.String("expires_in"));
        Assert.Equal(
            ["auth", "token", "--scope", $"{HostCalls.Vault}/.default", "--output", "json", "--no-prompt", "--tenant-id", "contoso.onmicrosoft.com"],
            _command.Arguments);
    }

    [Fact]
    public async Task the_command_sees_no_managed_identity_and_no_key_of_the_emulator()
    {
        var options = _command.LikeAz(_clock.Now.AddHours(1)).Options();
        await using var emulator = await StartAsync(options with
        {
            Variables = new Dictionary<string, string?>(options.Variables, StringComparer.Ordinal) { ["HOME"] = null, ["OF_MINE"] = "yes" },
        });

        await AskAsync(emulator, HostCalls.Vault);

        Assert.Contains("OF_MINE=yes", _command.Variables);
        Assert.DoesNotContain(_command.Variables, line => line.StartsWith("HOME=", StringComparison.Ordinal));
        Assert.DoesNotContain(_command.Variables, line => line.StartsWith("IDENTITY_", StringComparison.Ordinal));
        Assert.DoesNotContain(_command.Variables, line => line.StartsWith("AZURE_POD_", StringComparison.Ordinal));
        Assert.DoesNotContain(_command.Variables, line => line.StartsWith("KEYLESS_ADMIN_KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task nobody_being_logged_in_is_said_in_the_hosts_dialect_with_what_to_do()
    {
        (_command.Error, _command.ExitCode) = ("WARNING: something else\nERROR: Please run 'az login' to setup account.\n", 1);
        await using var emulator = await StartAsync(_command.Options());

        var imds = await AskAsync(emulator, HostCalls.Vault);
        var web = await emulator[SourceKind.AppService].GetAsync(
            $"api-version=2019-08-01&resource={HostCalls.Vault}", HostCalls.SecretOf(emulator[SourceKind.AppService]));

        Assert.Equal(HttpStatusCode.BadRequest, imds.Status);
        Assert.Equal("passthrough_failed", imds.String("error"));
        Assert.Contains("az says: Please run 'az login' to setup account.", imds.String("error_description"), StringComparison.Ordinal);
        Assert.Contains("try again: az login", web.String("message"), StringComparison.Ordinal);
        Assert.StartsWith("IMDS/", imds.Header("Server"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_failure_is_not_kept()
    {
        (_command.Error, _command.ExitCode) = ("ERROR: AADSTS700082: The refresh token has expired due to inactivity.", 1);
        await using var emulator = await StartAsync(_command.Options());

        Assert.Contains("AADSTS700082", (await AskAsync(emulator, HostCalls.Vault)).Text, StringComparison.Ordinal);
        await AskAsync(emulator, HostCalls.Vault);

        Assert.Equal(2, _command.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"accessToken\":\"secret-secret\"}")]
    [InlineData("{\"accessToken\":\"secret-secret\",\"expiresOn\":\"never\"}")]
    [InlineData("{\"accessToken\":\"secret-secret\",\"expires_on\":99999999999999999}")]
    [InlineData("{\"accessToken\":5,\"expires_on\":1}")]
    [InlineData("{\"accessToken\":\"secret-secret\",\"expires_on\":1}")]
    public async Task what_is_no_good_token_is_refused_and_not_repeated(string output)
    {
        _command.Output = output;
        await using var emulator = await StartAsync(_command.Options());

        var answer = await AskAsync(emulator, HostCalls.Vault);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("az login", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tokens_in_what_the_command_complains_of_are_struck_out()
    {
        var refresh = new string('r', 200);
        (_command.Error, _command.ExitCode) = ($"ERROR: cannot use eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln nor {refresh}", 1);
        await using var emulator = await StartAsync(_command.Options());

        var answer = await AskAsync(emulator, HostCalls.Vault);

        Assert.Contains("cannot use (not shown) nor (not shown)", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("rrrr", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_command_that_is_not_there_is_named()
    {
        await using var emulator = await StartAsync(_command.Options() with { Path = null }, machine: MachineEnvironment.FromVariables(
            [KeyValuePair.Create("PATH", $"{_keys.Path}{Path.PathSeparator}relative")]));
        await using var broken = await StartAsync(_command.Options() with { Path = Path.Combine(_keys.Path, "az") });

        Assert.Contains("az is not installed", (await AskAsync(emulator, HostCalls.Vault)).Text, StringComparison.Ordinal);
        Assert.Contains("could not be run", (await AskAsync(broken, HostCalls.Vault)).Text, StringComparison.Ordinal);
    }

    private static Task<Answer> AskAsync(ManagedIdentityEmulator emulator, string resource) =>
        emulator[SourceKind.Imds].GetAsync($"{Version}&resource={resource}", HostCalls.Metadata);

    private Task<ManagedIdentityEmulator> StartAsync(
        PassthroughOptions? options, TimeProvider? clock = null, MachineEnvironment? machine = null) =>
        ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions
            {
                Passthrough = options,
                TimeProvider = clock ?? _clock,
                ArcKeyDirectory = _keys.Path,
                Machine = machine ?? MachineEnvironment.Process,
            },
            TestContext.Current.CancellationToken);
}
