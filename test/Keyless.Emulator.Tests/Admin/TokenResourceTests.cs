using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;
using Keyless.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tests.Admin;

public sealed class TokenResourceTests(TokenResourceTests.Fixture fixture) : IClassFixture<TokenResourceTests.Fixture>
{
    private const string Orders = "api://orders";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ManagedIdentityEmulator Emulator => fixture.Emulator;

    /// <summary>Every flaw, with the check that finds it and the reason for which the token is refused.</summary>
    public static TheoryData<TokenFlaw, string, string> Flaws => new()
    {
        { TokenFlaw.Expired, "expiry", "expired" },
        { TokenFlaw.NotYetValid, "not-before", "not-yet-valid" },
        { TokenFlaw.WrongAudience, "audience", "audience" },
        { TokenFlaw.WrongIssuer, "issuer", "issuer" },
        { TokenFlaw.WrongTenant, "tenant", "tenant" },
        { TokenFlaw.UnknownKey, "signature", "key" },
        { TokenFlaw.NoKeyId, "signature", "key-id" },
        { TokenFlaw.Tampered, "signature", "signature" },
        { TokenFlaw.AlgorithmNone, "algorithm signature", "algorithm" },
        { TokenFlaw.SymmetricAlgorithm, "algorithm signature", "algorithm" },
        { TokenFlaw.Oversized, "size", "size" },
        { TokenFlaw.HugelyOversized, "size", "size" },
        { TokenFlaw.NotAToken, "form", "form" },
        { TokenFlaw.MissingObjectId, "subject", "object-id" },
        { TokenFlaw.WrongVersion, "version", "version" },
    };

    [Fact]
    public async Task an_issued_token_is_good_and_comes_with_its_claims()
    {
        var answer = await IssueAsync(new JsonObject
        {
            ["identity"] = "orders",
            ["resource"] = "api://keyless-sample",
            ["lifetime"] = "90s",
            ["notBefore"] = "-1m",
            ["claims"] = new JsonObject { ["roles"] = new JsonArray("Orders.Read"), ["rh"] = null, ["custom"] = 7 },
        });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["token", "claims"], answer.Members);
        var token = new DecodedToken(answer.String("token"));
        Assert.Equal(token.Claims.GetRawText(), answer.Member("claims").GetRawText());
        Assert.Equal(TimeSpan.FromSeconds(150), token.Time("exp") - token.Time("nbf"));
        Assert.Equal(("Orders.Read", 7), (token.Claims.GetProperty("roles")[0].GetString(), token.Claims.GetProperty("custom").GetInt32()));
        Assert.DoesNotContain("rh", token.ClaimNames);
        var api = await HostCalls.GetAsync(new Uri(Emulator.Api, "orders"), ("Authorization", $"Bearer {answer.String("token")}"));
        Assert.Equal(HttpStatusCode.OK, api.Status);
    }

    [Theory]
    [InlineData("{}", "body.identity is missing")]
    [InlineData("""{"identity":"orders"}""", "body.resource is missing")]
    [InlineData("""{"identity":"nobody","resource":"api://a"}""", "body.identity is 'nobody'. Give one of vm, orders, billing, gone.")]
    [InlineData("""{"identity":"gone","resource":"api://a"}""", "body.identity is 'gone', which is disabled.")]
    [InlineData("""{"identity":7,"resource":"api://a"}""", "body.identity is 7. Give text.")]
    [InlineData("""{"identity":"orders","resource":"orders"}""", "body.resource: No token is issued to orders. AADSTS50001")]
    [InlineData("""{"identity":"orders","resource":"api://a","flaw":"odd"}""", "body.flaw is \"odd\". Give one of expired, not-yet-valid,")]
    [InlineData("""{"identity":"orders","resource":"api://a","lifetime":"long"}""", "body.lifetime is \"long\". Give a time")]
    [InlineData("""{"identity":"orders","resource":"api://a","lifetime":"3651d"}""", "body.lifetime is 3651d. Give at most ten years.")]
    [InlineData("""{"identity":"orders","resource":"api://a","notBefore":"-3651d"}""", "body.notBefore is -3651d. Give at most ten years.")]
    [InlineData("""{"identity":"orders","resource":"api://a","claims":[]}""", "body.claims is a list. Give an object of claims.")]
    [InlineData("""{"identity":"orders","resource":"api://a","claims":{"a":1,"a":2}}""", "body.claims has 'a' twice.")]
    [InlineData("""{"identity":"orders","resource":"api://a","audience":"x"}""", "body.audience is unknown.")]
    public async Task what_cannot_be_issued_is_refused_by_the_members_name(string body, string message)
    {
        var answer = await Emulator.ChangeAsync("/tokens", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(message, answer.String("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task every_flaw_that_is_issued_is_found_by_the_check_that_is_for_it(TokenFlaw flaw, string checks, string reason)
    {
        var issued = await IssueAsync(new JsonObject
        {
            ["identity"] = "orders",
            ["resource"] = Orders,
            ["flaw"] = JsonNamingPolicy.KebabCaseLower.ConvertName($"{flaw}"),
        });

        var answer = await InspectAsync(issued.String("token"), Orders);

        Assert.False(answer.Member("accepted").GetBoolean());
        Assert.Equal(reason, answer.String("reason"));
        Assert.Equal(checks.Split(' '), FailedChecks(answer));
    }

    [Fact]
    public void every_flaw_is_in_this_table() => Assert.Equal(Enum.GetValues<TokenFlaw>().Length, Flaws.Count);

    [Fact]
    public async Task a_good_token_is_accepted_and_every_check_says_why()
    {
        var answer = await InspectAsync(await TokenAsync(), Orders);

        Assert.Equal(["header", "claims", "explanations", "verdicts", "accepted"], answer.Members);
        Assert.True(answer.Member("accepted").GetBoolean());
        var texts = Texts(answer);
        Assert.Equal(
            ["size", "form", "algorithm", "signature", "issuer", "tenant", "version", "audience", "expiry", "not-before", "subject", "revoked"], texts.Keys);
        Assert.Contains("It is right, by the active key keyless-emulator-", texts["signature"], StringComparison.Ordinal);
        Assert.Equal("It is of the tenant default.", texts["tenant"]);
        Assert.Equal("It is for api://orders.", texts["audience"]);
        Assert.Equal("It is about orders.", texts["subject"]);
        Assert.Matches(@"^It expires on \S+ \S+Z, in 23 h 59 min\.$|^It expires on \S+ \S+Z, in 24 h\.$", texts["expiry"]);
    }

    [Fact]
    public async Task a_token_that_has_just_expired_is_still_taken_and_called_that()
    {
        var token = await Emulator.IssueTokenAsync("orders", Orders, new TokenChange { Lifetime = TimeSpan.FromMinutes(-1) }, Ct);

        var answer = await InspectAsync(token, Orders);

        Assert.True(answer.Member("accepted").GetBoolean());
        Assert.Matches(@"^It expired on \S+ \S+Z, which is within the five minutes that clocks may differ by\.$", Texts(answer)["expiry"]);
    }

    [Fact]
    public async Task every_claim_is_shown_with_its_meaning()
    {
        var answer = await InspectAsync(await TokenAsync(), Orders);

        var explanations = answer.Member("explanations").EnumerateArray().ToDictionary(each => each.GetProperty("claim").GetString()!);
        Assert.Equal(answer.Member("claims").EnumerateObject().Select(claim => claim.Name), explanations.Keys);
        Assert.Equal("api://orders", explanations["aud"].GetProperty("value").GetString());
        Assert.Equal("the resource that may accept it", explanations["aud"].GetProperty("meaning").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$", explanations["exp"].GetProperty("value").GetString());
        Assert.StartsWith("expires in ", explanations["exp"].GetProperty("meaning").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_an_audience_any_will_do()
    {
        var answer = await InspectAsync(await TokenAsync());

        Assert.True(answer.Member("accepted").GetBoolean());
        Assert.Equal("It is for api://orders. No audience was given to compare that with.", Texts(answer)["audience"]);
    }

    [Fact]
    public async Task a_registered_api_is_known_by_all_its_names_and_its_version()
    {
        var token = await Emulator.IssueTokenAsync("orders", "api://v2", ct: Ct);

        Assert.Empty(FailedChecks(await InspectAsync(token, "api://v2")));
        Assert.Empty(FailedChecks(await InspectAsync(token)));
        Assert.Equal(["version", "audience"], FailedChecks(await InspectAsync(token, Orders)));
    }

    [Fact]
    public async Task a_key_is_told_by_its_state()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = new FakeClock() });
        var token = await emulator.IssueTokenAsync("orders", Orders, ct: Ct);

        await emulator.Keys.RotateAsync(TimeSpan.FromHours(1), Ct);
        var retiring = await InspectAsync(emulator, token);
        emulator.Clock.Advance(TimeSpan.FromHours(2));
        var gone = await InspectAsync(emulator, token);

        Assert.True(retiring.Member("accepted").GetBoolean());
        Assert.Contains("published until 2026-03-14 10:26:53Z by the emulator's clock", Texts(retiring)["signature"], StringComparison.Ordinal);
        Assert.Equal("key", gone.String("reason"));
        Assert.Contains("gone since 2026-03-14 10:26:53Z by the emulator's clock", Texts(gone)["signature"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_revoked_token_is_found_out()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var token = await emulator.IssueTokenAsync("orders", Orders, ct: Ct);
        emulator.Revoke(token);

        var answer = await InspectAsync(emulator, token);

        Assert.Equal(["revoked"], FailedChecks(answer));
        Assert.Equal("revoked", answer.String("reason"));
    }

    [Theory]
    [InlineData(TokenTimes.Clock, "It is valid by the real clock, expired by the emulator's: they are 25 h apart.", false)]
    [InlineData(TokenTimes.Real, "It is valid by the real clock, expired by the emulator's: they are 25 h apart.", true)]
    public async Task clocks_that_differ_are_told_and_the_one_that_counts_decides(TokenTimes times, string text, bool accepted)
    {
        var real = new FakeClock();
        await using var emulator = await AdminCalls.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = real, TokenTimes = times });
        var token = await emulator.IssueTokenAsync("orders", Orders, ct: Ct);

        emulator.Clock.Advance(TimeSpan.FromHours(25));
        var answer = await InspectAsync(emulator, token);

        Assert.Equal(accepted, answer.Member("accepted").GetBoolean());
        Assert.EndsWith(text, Texts(answer)["expiry"], StringComparison.Ordinal);
        Assert.EndsWith("The emulator's clock is 25 h ahead of the real one.", Texts(answer)["not-before"], StringComparison.Ordinal);
        Assert.Equal($"{times}".ToLowerInvariant(), (await emulator.AdminAsync("/clock")).String("tokenTimes"));
    }

    [Fact]
    public async Task a_token_of_a_real_tenant_is_explained_and_refused_for_its_unknown_key()
    {
        var token = Token(
            """{"typ":"JWT","alg":"RS256","kid":"a-real-key"}""",
            """
            {"aud":"https://vault.azure.net","iss":"https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/","exp":4102444800,
             "tid":"72f988bf-86f1-41af-91ab-2d7cd011db47","oid":"9d8b6f5a-0000-0000-0000-000000000001","ver":"1.0","wids":["x"]}
            """);

        var answer = await InspectAsync(token);

        Assert.Equal("key", answer.String("reason"));
        Assert.Equal(["signature", "issuer", "tenant"], FailedChecks(answer));
        Assert.Contains("'a-real-key', which is no key of this emulator; nobody else's keys are asked for", Texts(answer)["signature"], StringComparison.Ordinal);
        Assert.Contains("directory roles that the identity has", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.W10.e30")]
    [InlineData("e30.eyJpc3MiOiJcdWQ4MDAifQ.x")]
    public async Task what_is_no_token_has_no_form(string text)
    {
        var answer = await InspectAsync(text);

        Assert.Equal("form", answer.String("reason"));
        Assert.Equal(["size", "form"], Texts(answer).Keys);
        Assert.Equal(JsonValueKind.Null, answer.Member("claims").ValueKind);
        Assert.Equal("form", (await HostCalls.GetAsync(new Uri(Emulator.Api, "whoami"), ("Authorization", $"Bearer {text}"))).String("reason"));
    }

    [Fact]
    public async Task the_last_moment_of_all_is_a_time_like_any_other()
    {
        var token = await Emulator.IssueTokenAsync(
            "orders", Orders, new TokenChange { Claims = new Dictionary<string, JsonNode?> { ["exp"] = 253_402_300_799, ["nbf"] = 0 } }, Ct);

        Assert.Empty(FailedChecks(await InspectAsync(token, Orders)));
    }

    [Theory]
    [InlineData("{}", "body.token is missing")]
    [InlineData("""{"token":["eyJhbGciOiJub25lIn0.e30."]}""", "body.token is a list. Give text.")]
    [InlineData("""{"token":"x","audience":7}""", "body.audience is 7. Give text.")]
    [InlineData("""{"token":"x","tokens":"eyJhbGciOiJub25lIn0.e30."}""", "body.tokens is unknown.")]
    public async Task what_cannot_be_inspected_is_refused_by_the_members_name_and_repeats_no_token(string body, string message)
    {
        var answer = await Emulator.ChangeAsync("/tokens/inspect", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith(message, answer.String("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task neither_what_was_issued_nor_what_was_inspected_is_in_a_journal()
    {
        await using var emulator = await AdminCalls.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], JournalSecrets = true });
        await emulator.AskAsync();
        var issued = await emulator.ChangeAsync("/tokens", """{"identity":"orders","resource":"api://orders"}""");
        var token = issued.String("token");
        await InspectAsync(emulator, token, Orders);

        using var lines = new MemoryStream();
        await emulator.Journal.WriteJsonLinesAsync(lines, Ct);
        var dump = Encoding.UTF8.GetString(lines.ToArray());

        Assert.Equal(HttpStatusCode.OK, issued.Status);
        Assert.Single(emulator.Journal.Entries);
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(token[(token.LastIndexOf('.') + 1)..], dump, StringComparison.Ordinal);
        Assert.DoesNotContain(new DecodedToken(token).String("uti"), dump, StringComparison.Ordinal);
    }

    private static string[] FailedChecks(Answer answer) =>
    [
        .. answer.Member("verdicts").EnumerateArray()
            .Where(verdict => !verdict.GetProperty("ok").GetBoolean()).Select(verdict => verdict.GetProperty("check").GetString()!),
    ];

    private static Dictionary<string, string> Texts(Answer answer) => answer.Member("verdicts").EnumerateArray()
        .ToDictionary(verdict => verdict.GetProperty("check").GetString()!, verdict => verdict.GetProperty("text").GetString()!);

    private static string Token(string header, string claims) =>
        $"{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(header))}.{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(claims))}.c2ln";

    private static async Task<Answer> InspectAsync(ManagedIdentityEmulator emulator, string token, string? audience = null)
    {
        var body = new JsonObject { ["token"] = token };
        if (audience is not null)
            body["audience"] = audience;
        var answer = await emulator.ChangeAsync("/tokens/inspect", body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    private Task<Answer> InspectAsync(string token, string? audience = null) => InspectAsync(Emulator, token, audience);

    private Task<Answer> IssueAsync(JsonObject body) => Emulator.ChangeAsync("/tokens", body.ToJsonString());

    private Task<string> TokenAsync() => Emulator.IssueTokenAsync("orders", Orders, ct: Ct);

    public sealed class Fixture : IAsyncLifetime
    {
        private ManagedIdentityEmulator? _emulator;

        public ManagedIdentityEmulator Emulator => _emulator!;

        public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions
        {
            Sources = [SourceKind.Imds],
            AdminPort = 0,
            Identities = [new() { Name = "orders" }, new() { Name = "billing" }, new() { Name = "gone", Enabled = false }],
            Resources = [new() { Identifiers = ["api://v2"], TokenVersion = 2 }],
        });

        public ValueTask DisposeAsync() => Emulator.DisposeAsync();
    }
}
