using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Api;

public sealed class RevocationTests
{
    private const string Audience = "api://keyless-sample";

    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task one_token_is_revoked_by_itself_or_its_id(bool byId)
    {
        await using var emulator = await StartAsync();
        var revoked = await TokenAsync(emulator);
        var other = await TokenAsync(emulator);

        emulator.Revoke(byId ? new DecodedToken(revoked).String("uti") : revoked);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, revoked));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, other));
        Assert.Throws<ArgumentException>(() => emulator.Revoke("a.b.c"));
    }

    [Fact]
    public async Task what_an_identity_had_is_revoked_and_what_it_gets_afterwards_is_not_even_if_no_time_passes()
    {
        await using var emulator = await StartAsync();
        var revoked = await TokenAsync(emulator);
        var others = await TokenAsync(emulator, "billing");

        emulator.Revoke(emulator.Identities.Single(identity => identity.Name == "orders"));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, revoked));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, others));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, await TokenAsync(emulator)));
    }

    [Fact]
    public async Task everything_before_a_moment_is_revoked()
    {
        await using var emulator = await StartAsync();
        var early = await TokenAsync(emulator);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var late = await TokenAsync(emulator, "billing");

        emulator.Revoke(_clock.Now);
        emulator.Revoke(_clock.Now - TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(emulator, early));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, late));
    }

    [Fact]
    public async Task the_challenge_asks_for_a_token_from_after_this_moment()
    {
        await using var emulator = await StartAsync();
        var token = await TokenAsync(emulator);
        emulator.Revoke(token);

        var answer = await SampleApiTests.CallAsync(emulator, "whoami", token);

        Assert.Equal("revoked", answer.String("reason"));
        Assert.Contains("error=\"insufficient_claims\"", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
        using var claims = JsonDocument.Parse(ClaimsIn(answer));
        var notBefore = claims.RootElement.GetProperty("access_token").GetProperty("nbf");
        Assert.True(notBefore.GetProperty("essential").GetBoolean());
        Assert.Equal($"{_clock.Now.ToUnixTimeSeconds()}", notBefore.GetProperty("value").GetString());
    }

    [Fact]
    public async Task a_client_that_answers_the_challenge_is_let_in_again()
    {
        await using var emulator = await StartAsync();
        var host = emulator["fabric"];
        using var keys = new TemporaryDirectory();
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = new EmulatedMachine(host.Variables, keys.Path),
            Cache = new TokenCache(),
            ClientCapabilities = ["cp1"],
            TimeProvider = _clock,
        });
        var first = await client.GetTokenAsync(Audience, Ct);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, first.Token));

        emulator.Revoke(host.AssignedIdentities[0]);
        var challenge = await SampleApiTests.CallAsync(emulator, "whoami", first.Token);
        var second = await client.GetTokenAsync(
            new TokenRequest(Audience) { Claims = ClaimsIn(challenge), RejectedToken = first.Token }, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, challenge.Status);
        Assert.NotEqual(first.Token, second.Token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, second.Token));
        Assert.Equal("cp1", new DecodedToken(second.Token).Claims.GetProperty("xms_cc")[0].GetString());
    }

    [Fact]
    public async Task only_a_request_that_names_the_refused_token_gets_a_new_one()
    {
        await using var emulator = await StartAsync();
        var host = emulator["fabric"];
        const string Query = $"api-version=2020-05-01&resource={Audience}";
        var first = await host.GetAsync(Query, HostCalls.SecretOf(host));
        emulator.Revoke(first.Token);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(first.Token)));

        var kept = await host.GetAsync(Query, HostCalls.SecretOf(host));
        var renewed = await host.GetAsync($"{Query}&token_sha256_to_refresh={hash}", HostCalls.SecretOf(host));
        var late = await host.GetAsync($"{Query}&token_sha256_to_refresh={hash}", HostCalls.SecretOf(host));

        Assert.Equal(first.Token, kept.Token);
        Assert.NotEqual(first.Token, renewed.Token);
        Assert.Equal(renewed.Token, late.Token);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(emulator, renewed.Token));
    }

    private static string ClaimsIn(Answer answer) => Encoding.UTF8.GetString(Convert.FromBase64String(
        Regex.Match(answer.Header("WWW-Authenticate"), "claims=\"(?<claims>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["claims"].Value));

    private static Task<string> TokenAsync(ManagedIdentityEmulator emulator, string identity = "orders") =>
        emulator.IssueTokenAsync(identity, Audience, ct: Ct);

    private static async Task<HttpStatusCode> StatusAsync(ManagedIdentityEmulator emulator, string token) =>
        (await SampleApiTests.CallAsync(emulator, "whoami", token)).Status;

    private Task<ManagedIdentityEmulator> StartAsync() => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Hosts = [new HostDescription { Name = "fabric", Kind = HostKind.ServiceFabric }], TimeProvider = _clock }, Ct);
}
