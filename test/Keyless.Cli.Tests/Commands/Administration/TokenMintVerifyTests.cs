using System.Text.Json;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;
using Keyless.Emulator.Tokens;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands.Administration;

public sealed class TokenMintVerifyTests(TokenMintVerifyTests.Fixture fixture) : IClassFixture<TokenMintVerifyTests.Fixture>
{
    private const string Resource = "api://orders";

    private AdministeredEmulator Running => fixture.Running;

    public static TheoryData<TokenFlaw> Flaws => [.. Enum.GetValues<TokenFlaw>()];

    [Fact]
    public async Task a_minted_token_is_printed_alone_and_accepted()
    {
        var token = await MintAsync();

        Assert.DoesNotContain('\n', token);
        var run = await VerifyAsync(token, "--audience", Resource);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Header\n  typ ", run.Output, StringComparison.Ordinal);
        Assert.Contains("the resource that may accept it\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nCheck       Result  What was found\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\naudience    ok      It is for api://orders.\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n\nAccepted.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task as_json_it_comes_with_its_claims()
    {
        var run = await Running.DoAsync(
            "token", "mint", "--json", "--identity", "orders", "--resource", Resource, "--lifetime", "90s", "--not-before", "0s",
            "--claim", "roles=[\"Orders.Read\"]", "--claim", "rh=null", "--claim", "note=as text");

        var claims = run.Json.GetProperty("claims");
        Assert.Equal(90, claims.GetProperty("exp").GetInt64() - claims.GetProperty("nbf").GetInt64());
        Assert.Equal(("Orders.Read", "as text"), (claims.GetProperty("roles")[0].GetString(), claims.GetProperty("note").GetString()));
        Assert.False(claims.TryGetProperty("rh", out _));
        Assert.Equal(3, run.Json.GetProperty("token").GetString()!.Split('.').Length);
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task every_flaw_is_refused_with_an_exit_code_of_its_own(TokenFlaw flaw)
    {
        var token = await MintAsync("--flaw", JsonNamingPolicy.KebabCaseLower.ConvertName($"{flaw}"));

        var text = await VerifyAsync(token, "--audience", Resource);
        var json = await VerifyAsync(token, "--audience", Resource, "--json");

        Assert.Equal((7, 7, ""), (text.ExitCode, json.ExitCode, text.Error + json.Error));
        var reason = json.Json.GetProperty("reason").GetString();
        Assert.EndsWith($"\nRefused: {reason}.\n", text.Output, StringComparison.Ordinal);
        var failed = json.Json.GetProperty("verdicts").EnumerateArray().First(verdict => !verdict.GetProperty("ok").GetBoolean());
        Assert.Matches($@"\n{failed.GetProperty("check").GetString()} +wrong ", text.Output);
    }

    [Fact]
    public async Task a_token_may_come_from_a_file_as_it_was_copied()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("token.txt", $"Authorization: Bearer {await MintAsync()}\n");

        Assert.Equal(0, (await Running.RunAsync("token", "verify", "--file", file)).ExitCode);
    }

    [Fact]
    public async Task a_real_tenants_token_is_explained_and_refused()
    {
        var token = Jwt.Of(
            """{"typ":"JWT","alg":"RS256","kid":"a-real-key"}""",
            """{"aud":"https://vault.azure.net","iss":"https://sts.windows.net/t/","exp":4102444800,"upn":"a\u001b[31mb"}""");

        var run = await VerifyAsync(token);

        Assert.Equal((7, ""), (run.ExitCode, run.Error));
        Assert.Contains("the person's sign-in name", run.Output, StringComparison.Ordinal);
        Assert.Contains("signature   wrong   The token is signed with a key that is not published.", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nRefused: key.\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("Option '--identity' is required.", "token", "mint", "--resource", Resource)]
    [InlineData("body.identity is 'nobody'. Give one of vm, orders, billing.", "token", "mint", "--resource", Resource, "--identity", "nobody")]
    [InlineData("body.flaw is \"odd\". Give one of expired, ", "token", "mint", "--resource", Resource, "--identity", "orders", "--flaw", "odd")]
    [InlineData("--claim is 'roles'. Give a name and a value", "token", "mint", "--resource", Resource, "--identity", "orders", "--claim", "roles")]
    [InlineData("What stands between 'token' and 'mint'", "token", "https://x", "mint", "--resource", Resource, "--identity", "orders")]
    [InlineData("What stands between 'token' and 'verify'", "token", "--source", "imds", "verify")]
    [InlineData("Standard input is empty.", "token", "verify")]
    [InlineData("A token is a secret and has no place on a command line", "token", "verify", "eyJhbGciOiJub25lIn0.e30.c2ln")]
    [InlineData("Give '-' or --file, not both.", "token", "verify", "-", "--file", "x")]
    public async Task what_makes_no_sense_is_a_usage_error(string message, params string[] args)
    {
        var run = await Running.RunAsync(args);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task options_that_hold_for_all_commands_may_stand_before_the_word() =>
        Assert.NotNull((await Running.DoAsync(
            "token", "--json", "mint", "--identity", "orders", "--resource", Resource)).Json.GetProperty("token").GetString());

    [Fact]
    public async Task without_an_emulator_nothing_is_verified()
    {
        var run = await new Tool { Input = Tool.Text("eyJhbGciOiJub25lIn0.e30.c2ln") }.RunAsync("token", "verify");

        Assert.Equal((4, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: No emulator is running.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  keyless token <resource> [command] [options]\n", "token", "--help")]
    [InlineData("  keyless token mint [options]\n", "token", "mint", "--help")]
    [InlineData("  keyless token verify [options]\n", "token", "verify", "--help")]
    public async Task the_help_says_what_stands_where(string usage, params string[] args)
    {
        var run = await new Tool().RunAsync(args);

        Assert.Contains(usage, run.Output, StringComparison.Ordinal);
        Assert.Equal(args.Length == 2, run.Output.Contains("<resource>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task neither_command_leaves_anything_in_the_journal()
    {
        await using var running = await AdministeredEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], JournalSecrets = true });
        var token = (await running.DoAsync("token", "mint", "--identity", "orders", "--resource", Resource)).Output.TrimEnd();
        await (running.Tool() with { Input = Tool.Text(token) }).RunAsync("token", "verify");

        Assert.Empty(running.Emulator.Journal.Entries);
        Assert.DoesNotContain(token[^20..], (await running.DoAsync("journal", "export")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenTimes.Real, 0, "tell the real time: other programs go on accepting new ones")]
    [InlineData(TokenTimes.Clock, 7, "tell the emulator's time: programs with the real time may refuse new ones")]
    public async Task where_the_clocks_are_apart_both_commands_say_so(TokenTimes times, int exitCode, string tokens)
    {
        await using var running = await AdministeredEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = new FakeClock(), TokenTimes = times });
        var token = (await running.DoAsync("token", "mint", "--identity", "orders", "--resource", Resource)).Output;
        Assert.DoesNotContain("apart", (await running.DoAsync("clock", "show")).Output, StringComparison.Ordinal);

        var clock = await running.DoAsync("clock", "advance", "25h");
        var run = await (running.Tool() with { Input = Tool.Text(token) }).RunAsync("token", "verify");

        Assert.Contains("  apart      25 h: the emulator's clock is ahead\n", clock.Output, StringComparison.Ordinal);
        Assert.Contains($"  tokens     {tokens}\n", clock.Output, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            "It is valid by the real clock, expired by the emulator's: they are 25 h apart.\n", run.Output, StringComparison.Ordinal);
    }

    private async Task<string> MintAsync(params string[] more)
    {
        var run = await Running.DoAsync(["token", "mint", "--identity", "orders", "--resource", Resource, .. more]);
        return run.Output.TrimEnd('\n');
    }

    private Task<ToolRun> VerifyAsync(string token, params string[] more) =>
        (Running.Tool() with { Input = Tool.Text(token) }).RunAsync(["token", "verify", .. more]);

    public sealed class Fixture : IAsyncLifetime
    {
        private AdministeredEmulator? _running;

        internal AdministeredEmulator Running => _running!;

        public async ValueTask InitializeAsync() =>
            _running = await AdministeredEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }
}
