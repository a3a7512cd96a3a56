using System.Text.Json;
using Keyless.Cli.Tests.Support;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands;

public sealed class DecodeCommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private static readonly string Token = Jwt.Of(
        """{"typ":"JWT","alg":"RS256","kid":"a-key"}""",
        $$"""
        {"aud":"https://vault.azure.net","iat":{{Now.ToUnixTimeSeconds() - 300}},"exp":{{Now.ToUnixTimeSeconds() + 86_340}},
         "appid":"22b5f906-50cf-505e-8189-7f13b2c0befc","roles":["Orders.Read"],
         "xms_mirid":"/subscriptions/s/resourcegroups/g/vm","custom":7}
        """);

    [Fact]
    public async Task the_text_explains_every_claim()
    {
        var run = await Decoder(Token).RunAsync("decode");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            Header
              typ        JWT                                   what kind of token this is
              alg        RS256                                 signed with RSA and SHA-256
              kid        a-key                                 which of the issuer's keys verifies it

            Claims
              aud        https://vault.azure.net               the resource that may accept it
              iat        2026-03-14 09:21:53Z                  issued 5 min ago
              exp        2026-03-15 09:25:53Z                  expires in 23 h 59 min
              appid      22b5f906-50cf-505e-8189-7f13b2c0befc  the calling identity's client id
              roles      ["Orders.Read"]                       application roles on the resource
              xms_mirid  /subscriptions/s/resourcegroups/g/vm  the managed identity's ARM resource id
              custom     7

            The signature was not verified, and nothing was sent.

            """,
            run.Output);
    }

    [Theory]
    [InlineData(100, 51)]
    [InlineData(80, 13)]
    public async Task a_long_value_stays_whole_with_its_meaning_below(int width, int indent)
    {
        var id = $"/subscriptions/{new string('s', 100)}/vm";

        var tool = Decoder(Jwt.Of("{}", $$"""{"xms_mirid":"{{id}}"}""")) with { OutputWidth = width };

        var run = await tool.RunAsync("decode", "--no-color");

        var margin = new string(' ', indent);
        Assert.Contains($"  xms_mirid  {id}\n{margin}the managed identity's ARM resource id\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, "expired 1 min ago", "The token has expired, 1 min ago.")]
    [InlineData(-200_000, "expired 2 d 7 h ago", "The token has expired, 2 d 7 h ago.")]
    public async Task an_expired_token_is_called_that(int seconds, string meaning, string warning)
    {
        var run = await Decoder(Jwt.Of("{}", $$"""{"exp":{{Now.ToUnixTimeSeconds() + seconds}}}""")).RunAsync("decode");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(meaning, run.Output, StringComparison.Ordinal);
        Assert.Contains(warning, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_json_keeps_the_claims_as_they_are_and_adds_times()
    {
        var run = await Decoder(Token).RunAsync("decode", "--json");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("RS256", run.Json.GetProperty("header").GetProperty("alg").GetString());
        Assert.Equal(7, run.Json.GetProperty("claims").GetProperty("custom").GetInt32());
        Assert.Equal("2026-03-14T09:21:53Z", run.Json.GetProperty("issuedAt").GetString());
        Assert.Equal("2026-03-15T09:25:53Z", run.Json.GetProperty("expiresOn").GetString());
        Assert.Equal(86_340, run.Json.GetProperty("expiresIn").GetInt64());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("notBefore").ValueKind);
        Assert.False(run.Json.GetProperty("expired").GetBoolean());
        Assert.False(run.Json.GetProperty("signatureVerified").GetBoolean());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}\n")]
    [InlineData("  \uFEFF{0}\r\n")]
    [InlineData("Bearer {0}")]
    [InlineData("Authorization: Bearer {0}\n")]
    [InlineData("\"{0}\"")]
    public async Task a_token_is_found_however_it_was_copied(string form)
    {
        var run = await Decoder(form.Replace("{0}", Token, StringComparison.Ordinal)).RunAsync("decode", "-");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("https://vault.azure.net", run.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "", "Standard input is empty." },
        { "   \n", "Standard input is empty." },
        { "opaque", "The input is no JWT: it has no dots" },
        { "a.b", "The input is no JWT: it has 2 parts" },
        { "a.b.c.d", "The input is no JWT: it has 4 parts" },
        { "a.b.c.d.e", "The input is an encrypted token" },
        { "e30+.e30.c2ln", "The first part (the header) is not base64url: character 4 of 4 is '+', which belongs to plain base64." },
        { "e30.e3\u00e40.c2ln", "The second part (the claims) is not base64url: character 3 of 4 is one that base64url does not have." },
        { "e30.e30.c2l~", "The third part (the signature) is not base64url: character 4 of 4 is one that base64url does not have." },
        { "e30.e30ab.c2ln", "The second part (the claims) is not base64url: 5 characters can't encode whole bytes." },
        { $"e30.{Jwt.Encode("{\"a\":}")}.c2ln", "The second part (the claims) is no JSON: it goes wrong at byte 5 of line 1." },
        { $"{Jwt.Encode("[1]")}.e30.c2ln", "The first part (the header) is JSON, but of kind Array where an object is expected." },
        { $"e30.{Jwt.Encode("""{"a":"\ud800"}""")}.c2ln", "The second part (the claims) is JSON, but a text in it has an escape" },
        { $"{Jwt.Encode("""{"\udc00":1}""")}.e30.c2ln", "The first part (the header) is JSON, but a text in it has an escape" },
        { "_w.e30.c2ln", "The first part (the header) is no text: decoded, it is not UTF-8." },
        { new string('a', 70_000), "Standard input is longer than 64 KiB" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task what_is_no_token_is_a_usage_error_that_says_why(string input, string message)
    {
        var run = await Decoder(input).RunAsync("decode");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"Error: {message}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_file_is_read_in_place_of_standard_input()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("token.txt", Token);

        var run = await Decoder("").RunAsync("decode", "--file", file);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("https://vault.azure.net", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_file_that_is_not_there_is_a_usage_error_that_names_it()
    {
        var run = await Decoder("").RunAsync("decode", "--file", "/nowhere/token.txt");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: The file /nowhere/token.txt (from --file) can't be read: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_token_as_an_argument_is_refused_with_the_reason()
    {
        var run = await Decoder("").RunAsync("decode", Token);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("Error: A token is a secret and has no place on a command line", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task at_a_terminal_it_asks_and_takes_one_line()
    {
        // A terminal's stream does not end.
        await using var keyboard = new EndlessStream($"{Token}\n");

        var run = await (Decoder("") with { Input = keyboard, InputIsTerminal = true }).RunAsync("decode");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Paste a token and press Enter. It stays on this machine.\n", run.Error);
        Assert.Contains("https://vault.azure.net", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task waiting_for_a_token_can_be_cancelled()
    {
        await using var keyboard = new EndlessStream("");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var tool = Decoder("") with { Input = keyboard, InputIsTerminal = true };

        var running = tool.RunAsync(stop.Token, "decode");
        await tool.Error.LineAsync("Paste a token");
        await stop.CancelAsync();

        Assert.Equal(130, (await running).ExitCode);
    }

    [Fact]
    public async Task a_claim_cannot_move_the_cursor()
    {
        var run = await Decoder(Jwt.Of("{}", """{"na\u001bme":"\u001b[2J\r\nroot"}""")).RunAsync("decode");

        Assert.Contains("  na\uFFFDme  \uFFFD[2J\uFFFD\uFFFDroot\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e300")]
    [InlineData("-1e300")]
    [InlineData("\"soon\"")]
    [InlineData("null")]
    public async Task a_time_that_is_none_is_shown_as_it_stands(string value)
    {
        var run = await Decoder(Jwt.Of("{}", $$"""{"exp":{{value}}}""")).RunAsync("decode");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"  exp  {value.Trim('"')}\n", run.Output, StringComparison.Ordinal);
    }

    private static Tool Decoder(string input) => new() { Input = Tool.Text(input), Time = new FakeClock(Now) };
}
