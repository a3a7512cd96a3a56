using System.Security.Cryptography;
using System.Text;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Tokens;

/// <summary>A platform that hands out the token that it has, whatever has changed.</summary>
public sealed class StaleTokenTests
{
    private const string Api = "api://keyless-sample";
    private const string Query = $"api-version=2020-05-01&resource={Api}";

    private readonly FakeClock _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_token_is_handed_out_for_as_long_as_it_lives(bool reuse)
    {
        await using var emulator = await StartAsync(reuse);
        var host = emulator["fabric"];
        host.Faults.Apply("stale-roles");
        var first = (await AskAsync(host)).Token;

        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var last = await AskAsync(host);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var next = await AskAsync(host);

        Assert.Equal(first, last.Token);
        Assert.Equal("stale-roles", host.Journal.Entries[^2].Fault);
        Assert.NotEqual(first, next.Token);
        Assert.Equal(_clock.Now.AddHours(24), new DecodedToken(next.Token).Time("exp"));
    }

    [Fact]
    public async Task a_token_that_was_revoked_and_refused_is_handed_out_again_and_its_key_does_not_matter()
    {
        await using var emulator = await StartAsync(reuse: true);
        var host = emulator["fabric"];
        var first = (await AskAsync(host)).Token;
        host.Faults.Add(new FaultRule { Name = "stale", Fault = Fault.StaleToken() });
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(first)));

        emulator.Revoke(first);
        await emulator.Keys.RotateAsync(TimeSpan.Zero, Ct);
        var refused = (await AskAsync(host, $"&token_sha256_to_refresh={hash}")).Token;

        Assert.Equal(first, refused);
        host.Faults.Clear();
        Assert.NotEqual(first, (await AskAsync(host, $"&token_sha256_to_refresh={hash}")).Token);
    }

    [Fact]
    public async Task a_role_that_was_given_meanwhile_shows_a_day_late()
    {
        var options = Options(reuse: false);
        await using var emulator = await ManagedIdentityEmulator.StartAsync(options, Ct);
        var host = emulator["fabric"];
        host.Faults.Apply("stale-roles");
        var before = await AskAsync(host);

        var described = options.Hosts[0] with { Roles = new Dictionary<string, IReadOnlyList<string>> { [Api] = ["Orders.Read"] } };
        await emulator.ReloadAsync(options with { Hosts = [described] }, Ct);
        var same = await AskAsync(host);
        _clock.Advance(TimeSpan.FromDays(1));
        var after = await AskAsync(host);

        Assert.False(new DecodedToken(before.Token).Claims.TryGetProperty("roles", out _));
        Assert.Equal(before.Token, same.Token);
        Assert.Equal("Orders.Read", new DecodedToken(after.Token).Claims.GetProperty("roles")[0].GetString());
    }

    [Fact]
    public async Task each_identity_has_its_own_and_a_host_that_forgets_has_none()
    {
        await using var emulator = await StartAsync(reuse: false);
        var host = emulator["fabric"];
        var orders = $"&principalId={emulator.Identities.Single(identity => identity.Name == "orders").ObjectId}";
        host.Faults.Apply("stale-roles");
        var (own, others) = ((await AskAsync(host)).Token, (await AskAsync(host, orders)).Token);
        Assert.NotEqual(own, others);

        host.PurgeTokens();

        Assert.NotEqual(own, (await AskAsync(host)).Token);
        Assert.NotEqual(others, (await AskAsync(host, orders)).Token);
    }

    private static Task<Answer> AskAsync(EmulatedHost host, string more = "") =>
        host.GetAsync(Query + more, HostCalls.SecretOf(host));

    private EmulatorOptions Options(bool reuse) => new()
    {
        Hosts = [new HostDescription { Name = "fabric", Kind = HostKind.ServiceFabric, UserAssigned = ["orders"] }],
        TimeProvider = _clock,
        ReuseTokens = reuse,
    };

    private Task<ManagedIdentityEmulator> StartAsync(bool reuse) => ManagedIdentityEmulator.StartAsync(Options(reuse), Ct);
}
