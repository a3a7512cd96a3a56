using System.Net;
using System.Text.Json.Nodes;
using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Api;

public sealed class SampleApiTests(SampleApiTests.Fixture fixture) : IClassFixture<SampleApiTests.Fixture>
{
    private const string Audience = "api://keyless-sample";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ManagedIdentityEmulator Emulator => fixture.Emulator;

    public static TheoryData<TokenFlaw, string> Flaws => new()
    {
        { TokenFlaw.Expired, "expired" },
        { TokenFlaw.NotYetValid, "not-yet-valid" },
        { TokenFlaw.WrongAudience, "audience" },
        { TokenFlaw.WrongIssuer, "issuer" },
        { TokenFlaw.WrongTenant, "tenant" },
        { TokenFlaw.UnknownKey, "key" },
        { TokenFlaw.NoKeyId, "key-id" },
        { TokenFlaw.Tampered, "signature" },
        { TokenFlaw.AlgorithmNone, "algorithm" },
        { TokenFlaw.SymmetricAlgorithm, "algorithm" },
        { TokenFlaw.NotAToken, "form" },
        { TokenFlaw.MissingObjectId, "object-id" },
        { TokenFlaw.WrongVersion, "version" },
    };

    [Fact]
    public async Task a_good_token_is_told_who_it_is()
    {
        var answer = await CallAsync("whoami", await TokenAsync());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var orders = Emulator.Identities.Single(identity => identity.Name == "orders");
        Assert.Equal(orders.ObjectId.ToString(), answer.String("oid"));
        Assert.Equal(orders.ClientId.ToString(), answer.String("appid"));
        Assert.Equal(Emulator.TenantId.ToString(), answer.String("tid"));
        Assert.Equal("Orders.Read", answer.Member("roles")[0].GetString());
    }

    [Fact]
    public async Task a_role_opens_what_it_protects_and_its_lack_does_not()
    {
        Assert.Equal(HttpStatusCode.OK, (await CallAsync("orders", await TokenAsync())).Status);

        var refused = await CallAsync("orders", await TokenAsync(identity: "billing"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("role", refused.String("reason"));
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task every_flaw_is_refused_for_its_own_reason(TokenFlaw flaw, string reason)
    {
        var answer = await CallAsync("whoami", await TokenAsync(new TokenChange { Flaw = flaw }));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(reason, answer.String("reason"));
        Assert.Contains("error=\"invalid_token\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public void every_flaw_is_in_this_table_or_one_of_size() =>
        Assert.Equal(Enum.GetValues<TokenFlaw>().Length, Flaws.Count + 2);

    [Fact]
    public async Task a_token_that_is_too_large_is_refused_and_never_an_error_of_the_server()
    {
        var large = await TokenAsync(new TokenChange { Flaw = TokenFlaw.Oversized });
        var huge = await TokenAsync(new TokenChange { Flaw = TokenFlaw.HugelyOversized });

        Assert.InRange(large.Length, 8 * 1024, 16 * 1024);
        Assert.InRange(huge.Length, 64 * 1024, 128 * 1024);
        var answer = await CallAsync("whoami", large);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.Status);
        Assert.Equal("size", answer.String("reason"));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await CallAsync("whoami", huge)).Status);
    }

    [Fact]
    public async Task a_flaw_is_in_the_token_alone_and_not_in_what_is_said_of_it()
    {
        var answer = await CallAsync("whoami", await TokenAsync(new TokenChange
        {
            Flaw = TokenFlaw.WrongVersion,
            Claims = new Dictionary<string, JsonNode?> { ["ver"] = "1.0", ["iss"] = Emulator.Authority.AbsoluteUri, ["aud"] = Audience },
        }));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task a_change_of_identity_lifetime_and_audience_shows_in_the_token()
    {
        var token = new DecodedToken(await TokenAsync(new TokenChange
        {
            Identity = "billing",
            Audience = "api://other",
            Lifetime = TimeSpan.FromSeconds(90),
            NotBefore = TimeSpan.Zero,
        }));

        Assert.Equal(Emulator.Identities.Single(identity => identity.Name == "billing").ObjectId.ToString(), token.String("oid"));
        Assert.Equal("api://other", token.String("aud"));
        Assert.Equal(TimeSpan.FromSeconds(90), token.Time("exp") - token.Time("nbf"));
        await Assert.ThrowsAsync<EmulatorException>(() => TokenAsync(new TokenChange { Identity = "nobody" }));
    }

    [Fact]
    public async Task times_have_a_tolerance_of_five_minutes_to_the_second()
    {
        var clock = new FakeClock();
        await using var emulator = await ManagedIdentityEmulator.StartAsync(Fixture.Options with { TimeProvider = clock }, Ct);
        async Task<HttpStatusCode> AskAsync(TokenChange change) =>
            (await CallAsync(emulator, "whoami", await emulator.IssueTokenAsync("orders", Audience, change, Ct))).Status;

        Assert.Equal(HttpStatusCode.OK, await AskAsync(new TokenChange { Lifetime = TimeSpan.FromSeconds(-299) }));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(new TokenChange { Lifetime = TimeSpan.FromSeconds(-300) }));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(new TokenChange { NotBefore = TimeSpan.FromSeconds(300) }));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(new TokenChange { NotBefore = TimeSpan.FromSeconds(301) }));
    }

    [Fact]
    public async Task a_token_of_another_tenant_is_refused()
    {
        var answer = await CallAsync("whoami", await TokenAsync(identity: "foreign"));

        Assert.Equal("tenant", answer.String("reason"));
    }

    [Fact]
    public async Task a_registered_api_takes_its_own_form_of_token_by_any_of_its_names()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            Fixture.Options with { Resources = [new ResourceDescription { Identifiers = [Audience, "https://sample.example"], TokenVersion = 2 }] },
            Ct);

        foreach (var resource in new[] { Audience, "https://sample.example" })
            Assert.Equal(HttpStatusCode.OK, (await CallAsync(emulator, "whoami", await emulator.IssueTokenAsync("orders", resource, ct: Ct))).Status);
        var old = await emulator.IssueTokenAsync("orders", Audience, new TokenChange { Flaw = TokenFlaw.WrongVersion }, Ct);
        Assert.Equal("version", (await CallAsync(emulator, "whoami", old)).String("reason"));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("\"ü")]
    public async Task what_a_token_says_does_not_get_into_a_header(string audience)
    {
        var answer = await CallAsync("whoami", await TokenAsync(new TokenChange { Audience = audience }));

        Assert.Equal("audience", answer.String("reason"));
        Assert.Contains(audience, answer.String("error_description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.W10.")]
    [InlineData("eyJhbGciOjV9.eyJleHAiOiJ4In0.x")]
    public async Task nonsense_is_refused_and_never_an_error_of_the_server(string text) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync("whoami", text)).Status);

    [Fact]
    public async Task without_a_token_it_says_where_to_get_one()
    {
        var answer = await HostCalls.GetAsync(new Uri(Emulator.Api, "whoami"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains($"authorization_uri=\"{Emulator.Authority}oauth2/authorize\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.DoesNotContain("error=", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await HostCalls.GetAsync(Emulator.Api)).Status);
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed, (await HostCalls.SendAsync(HttpMethod.Post, new Uri(Emulator.Api, "whoami"), null)).Status);
    }

    internal static Task<Answer> CallAsync(ManagedIdentityEmulator emulator, string path, string token) =>
        HostCalls.GetAsync(new Uri(emulator.Api, path), ("Authorization", $"Bearer {token}"));

    private Task<Answer> CallAsync(string path, string token) => CallAsync(Emulator, path, token);

    private Task<string> TokenAsync(TokenChange? change = null, string identity = "orders") =>
        Emulator.IssueTokenAsync(identity, Audience, change, Ct);

    public sealed class Fixture : IAsyncLifetime
    {
        private ManagedIdentityEmulator? _emulator;

        public static EmulatorOptions Options { get; } = new()
        {
            Sources = [SourceKind.Imds],
            Tenants = [new TenantDescription { Name = "contoso" }, new TenantDescription { Name = "fabrikam" }],
            Identities =
            [
                new IdentityDescription
                {
                    Name = "orders", Roles = new Dictionary<string, IReadOnlyList<string>> { [Audience] = ["Orders.Read"] },
                },
                new IdentityDescription { Name = "billing" },
                new IdentityDescription { Name = "foreign", Tenant = "fabrikam" },
            ],
        };

        public ManagedIdentityEmulator Emulator => _emulator!;

        public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(Options);

        public ValueTask DisposeAsync() => Emulator.DisposeAsync();
    }
}
