using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Time;

/// <summary>Tokens go by the emulator's clock, or by the one that it follows, which the programs beside it have.</summary>
public sealed class TokenTimesTests
{
    private const string Audience = "api://keyless-sample";
    private const string Ask = $"api-version=2018-02-01&resource={Audience}";

    private static readonly TimeSpan Day = TimeSpan.FromHours(25);

    private readonly FakeClock _real = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_new_token_is_valid_by_the_real_clock_after_the_emulators_has_been_advanced()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        var vm = emulator[SourceKind.Imds];
        var first = await vm.GetAsync(Ask, HostCalls.Metadata);

        emulator.Clock.Advance(Day);

        // The platform has aged by a day: it hands out another one, and that is one of now.
        var second = await vm.GetAsync(Ask, HostCalls.Metadata);
        Assert.NotEqual(first.Token, second.Token);
        var token = new DecodedToken(second.Token);
        Assert.Equal(_real.Now + TimeSpan.FromHours(24), token.Time("exp"));
        Assert.Equal(_real.Now - TimeSpan.FromMinutes(5), token.Time("iat"));
        Assert.Equal(_real.Now - TimeSpan.FromMinutes(5), token.Time("nbf"));
        Assert.Equal("86400", second.String("expires_in"));
        Assert.Equal(Epoch(token.Time("exp")), second.String("expires_on"));
        Assert.Equal(_real.Now.ToString("R", CultureInfo.InvariantCulture), second.Header("Date"));
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(emulator, second.Token));

        // It is kept by the platform for a day of its own.
        emulator.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(second.Token, (await vm.GetAsync(Ask, HostCalls.Metadata)).Token);
        emulator.Clock.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(second.Token, (await vm.GetAsync(Ask, HostCalls.Metadata)).Token);
    }

    [Fact]
    public async Task by_the_emulators_clock_a_token_is_over_at_once()
    {
        await using var emulator = await StartAsync(TokenTimes.Clock);
        var token = (await emulator[SourceKind.Imds].GetAsync(Ask, HostCalls.Metadata)).Token;
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(emulator, token));

        emulator.Clock.Advance(Day);

        var refused = await WhoAmIAsync(emulator, token);
        Assert.Equal("expired", refused.String("reason"));
        Assert.Contains(
            "It is valid by the real clock, expired by the emulator's: they are 25 h apart.", refused.String("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task by_the_real_clock_a_token_outlives_the_move()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        var token = (await emulator[SourceKind.Imds].GetAsync(Ask, HostCalls.Metadata)).Token;

        emulator.Clock.Advance(Day);
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(emulator, token));

        _real.Advance(Day);
        Assert.Equal("expired", (await WhoAmIAsync(emulator, token)).String("reason"));
    }

    [Fact]
    public async Task a_platform_whose_clock_stands_still_hands_out_nothing_that_is_over()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        var vm = emulator[SourceKind.Imds];
        emulator.Clock.Freeze();
        var first = await vm.GetAsync(Ask, HostCalls.Metadata);

        _real.Advance(TimeSpan.FromHours(23));
        var second = await vm.GetAsync(Ask, HostCalls.Metadata);
        _real.Advance(TimeSpan.FromHours(2));
        var third = await vm.GetAsync(Ask, HostCalls.Metadata);

        Assert.Equal(first.Token, second.Token);
        Assert.Equal("3600", second.String("expires_in"));
        Assert.NotEqual(first.Token, third.Token);
        Assert.Equal(_real.Now + TimeSpan.FromHours(24), new DecodedToken(third.Token).Time("exp"));
    }

    [Fact]
    public async Task a_role_that_was_given_shows_a_day_later_to_an_api_with_the_real_clock()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        var vm = emulator[SourceKind.Imds];
        var before = (await vm.GetAsync(Ask, HostCalls.Metadata)).Token;
        await emulator.ReloadAsync(Options(TokenTimes.Real) with { Hosts = [Vm with { Roles = Roles }] }, Ct);
        var sameDay = (await vm.GetAsync(Ask, HostCalls.Metadata)).Token;

        emulator.Clock.Advance(Day);

        var nextDay = (await vm.GetAsync(Ask, HostCalls.Metadata)).Token;
        Assert.Equal(before, sameDay);
        Assert.Equal("Orders.Read", new DecodedToken(nextDay).Claims.GetProperty("roles")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(emulator, nextDay));
    }

    [Fact]
    public async Task skew_comes_on_top()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        emulator.Clock.Advance(Day);
        emulator.Clock.Skew = TimeSpan.FromMinutes(-10);

        var answer = await emulator[SourceKind.Imds].GetAsync(Ask, HostCalls.Metadata);

        Assert.Equal(_real.Now.AddMinutes(-10).AddHours(24), new DecodedToken(answer.Token).Time("exp"));
        Assert.Equal("86400", answer.String("expires_in"));
        Assert.Equal(_real.Now.AddMinutes(-10).ToString("R", CultureInfo.InvariantCulture), answer.Header("Date"));
    }

    [Fact]
    public async Task the_authority_issues_tokens_and_judges_assertions_by_the_same_clock()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        var assertion = await emulator.IssueTokenAsync("orders", FederatedCredentialDescription.DefaultAudience, ct: Ct);

        emulator.Clock.Advance(Day);
        var answer = await RedeemAsync(emulator, assertion);
        _real.Advance(Day);
        var late = await RedeemAsync(emulator, assertion);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(3600, answer.Member("expires_in").GetInt32());
        Assert.Equal(_real.Now - Day + TimeSpan.FromHours(1), new DecodedToken(answer.Token).Time("exp"));
        Assert.Contains("AADSTS700024", late.String("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_stands_in_headers_and_fields_of_faults_is_of_the_real_clock_and_their_time_is_not()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        var vm = emulator[SourceKind.Imds];
        emulator.Clock.Advance(Day);
        vm.Faults.Enqueue(Fault.Status(429, retryAfter: RetryAfter.Date(TimeSpan.FromSeconds(30))));
        vm.Faults.Enqueue(Fault.Field(FieldFlaw.PastExpiry));
        vm.Faults.Add(new FaultRule { Name = "later", Fault = Fault.Status(500), When = new FaultWhen { After = TimeSpan.FromHours(1) } });

        var throttled = await vm.GetAsync(Ask, HostCalls.Metadata);
        var past = await vm.GetAsync(Ask, HostCalls.Metadata);
        emulator.Clock.Advance(TimeSpan.FromHours(2));
        var failed = await vm.GetAsync(Ask, HostCalls.Metadata);

        Assert.Equal(_real.Now.AddSeconds(30).ToString("R", CultureInfo.InvariantCulture), throttled.Header("Retry-After"));
        Assert.Equal(Epoch(_real.Now.AddHours(-1)), past.String("expires_on"));
        Assert.Equal(500, (int)failed.Status);
    }

    [Fact]
    public async Task a_revocation_before_a_moment_means_the_times_that_tokens_have()
    {
        await using var emulator = await StartAsync(TokenTimes.Real);
        emulator.Clock.Advance(Day);
        var early = await emulator.IssueTokenAsync("orders", Audience, ct: Ct);
        _real.Advance(TimeSpan.FromSeconds(10));
        var late = await emulator.IssueTokenAsync("orders", Audience, ct: Ct);

        emulator.Revoke(_real.Now);

        var refused = await WhoAmIAsync(emulator, early);
        Assert.Equal("revoked", refused.String("reason"));
        Assert.Equal(HttpStatusCode.OK, await ApiAsync(emulator, late));

        // What the challenge asks for is a token from after this moment, which is the clients' own.
        var challenge = refused.Header("WWW-Authenticate");
        var claims = Convert.FromBase64String(challenge[(challenge.IndexOf("claims=\"", StringComparison.Ordinal) + 8)..].TrimEnd('"'));
        Assert.Equal(Epoch(_real.Now), $"{JsonNode.Parse(claims)!["access_token"]!["nbf"]!["value"]}");
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; } =
        new Dictionary<string, IReadOnlyList<string>> { [Audience] = ["Orders.Read"] };

    private static HostDescription Vm { get; } = new() { Name = "vm", Kind = HostKind.VirtualMachine };

    private static string Epoch(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static Task<Answer> WhoAmIAsync(ManagedIdentityEmulator emulator, string token) =>
        HostCalls.GetAsync(new Uri(emulator.Api, "whoami"), ("Authorization", $"Bearer {token}"));

    private static async Task<HttpStatusCode> ApiAsync(ManagedIdentityEmulator emulator, string token) =>
        (await WhoAmIAsync(emulator, token)).Status;

    private static async Task<Answer> RedeemAsync(ManagedIdentityEmulator emulator, string assertion)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = Application.ToString(),
            ["scope"] = $"{Audience}/.default",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        });
        return await HostCalls.SendAsync(HttpMethod.Post, new Uri(emulator.Authority, "oauth2/v2.0/token"), form);
    }

    private static Guid Application { get; } = new("11111111-2222-3333-4444-555555555555");

    private EmulatorOptions Options(TokenTimes times) => new()
    {
        Hosts = [Vm],
        TimeProvider = _real,
        TokenTimes = times,
        Applications =
        [
            new ApplicationDescription
            {
                Name = "shop",
                ClientId = Application,
                FederatedCredentials = [new FederatedCredentialDescription { Name = "orders", Identity = "orders" }],
            },
        ],
    };

    private Task<ManagedIdentityEmulator> StartAsync(TokenTimes times) => ManagedIdentityEmulator.StartAsync(Options(times), Ct);
}
