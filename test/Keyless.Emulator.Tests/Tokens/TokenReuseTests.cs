using System.Globalization;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Tokens;

public sealed class TokenReuseTests
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private static readonly EmulatorOptions ImdsAlone = new() { Sources = [SourceKind.Imds] };

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task a_token_is_kept_until_it_has_five_minutes_left()
    {
        await using var emulator = await StartAsync(ImdsAlone);
        var host = emulator[SourceKind.Imds];
        var first = (await host.GetAsync(Ask, HostCalls.Metadata)).Token;

        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var kept = await host.GetAsync(Ask, HostCalls.Metadata);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var renewed = await host.GetAsync(Ask, HostCalls.Metadata);

        Assert.Equal(first, kept.Token);
        Assert.Equal("301", kept.String("expires_in"));
        Assert.NotEqual(first, renewed.Token);
        Assert.Equal("86400", renewed.String("expires_in"));
    }

    [Fact]
    public async Task each_identity_resource_and_host_has_a_token_of_its_own()
    {
        await using var emulator = await StartAsync(ImdsAlone with { Sources = [SourceKind.Imds, SourceKind.AppService] });
        var imds = emulator[SourceKind.Imds];
        var web = emulator[SourceKind.AppService];

        string[] tokens =
        [
            (await imds.GetAsync(Ask, HostCalls.Metadata)).Token,
            (await imds.GetAsync(Ask + "/", HostCalls.Metadata)).Token,
            (await imds.GetAsync($"{Ask}&client_id={imds.AssignedIdentities[1].ClientId}", HostCalls.Metadata)).Token,
            (await web.GetAsync("api-version=2019-08-01&resource=https://vault.azure.net", HostCalls.SecretOf(web))).Token,
        ];

        Assert.Equal(4, tokens.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task concurrent_first_requests_get_one_token()
    {
        await using var emulator = await StartAsync(ImdsAlone);
        var host = emulator[SourceKind.Imds];

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.GetAsync(Ask, HostCalls.Metadata)));

        Assert.Single(answers.Select(answer => answer.Token).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task without_reuse_each_request_gets_a_new_token()
    {
        await using var emulator = await StartAsync(ImdsAlone with { ReuseTokens = false });
        var host = emulator[SourceKind.Imds];

        Assert.NotEqual((await host.GetAsync(Ask, HostCalls.Metadata)).Token, (await host.GetAsync(Ask, HostCalls.Metadata)).Token);
    }

    [Fact]
    public async Task the_clock_and_the_lifetime_are_the_options()
    {
        await using var emulator = await StartAsync(ImdsAlone with { TokenLifetime = TimeSpan.FromMinutes(90) });

        var answer = await emulator[SourceKind.Imds].GetAsync(Ask, HostCalls.Metadata);

        var token = new DecodedToken(answer.Token);
        Assert.Equal(_clock.Now + TimeSpan.FromMinutes(90), token.Time("exp"));
        Assert.Equal(_clock.Now - TimeSpan.FromMinutes(5), token.Time("nbf"));
        Assert.Equal(token.Time("nbf"), token.Time("iat"));
        Assert.Equal("5400", answer.String("expires_in"));
        Assert.Equal(token.Time("exp").ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), answer.String("expires_on"));
    }

    private Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions options) => ManagedIdentityEmulator.StartAsync(
        options with { TimeProvider = _clock },
        TestContext.Current.CancellationToken);
}
