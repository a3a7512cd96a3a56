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
    public async Task roles_that_were_given_meanwhile_show_a_day_late_or_when_the_host_forgets()
    {
        await using var emulator = await StartAsync(reuse: false);
        var host = emulator["fabric"];
        host.Faults.Apply("stale-roles");
        var others = (await AskAsync(host, $"&principalId={Orders(emulator).ObjectId}")).Token;
        var before = (await AskAsync(host)).Token;

        host.PurgeTokens();

        Assert.NotEqual(before, (await AskAsync(host)).Token);
        Assert.NotEqual(others, (await AskAsync(host, $"&principalId={Orders(emulator).ObjectId}")).Token);
        host.Faults.Clear();
        Assert.NotEqual((await AskAsync(host)).Token, (await AskAsync(host)).Token);
    }

    private static EmulatedIdentity Orders(ManagedIdentityEmulator emulator) =>
        emulator.Identities.Single(identity => identity.Name == "orders");

    private static Task<Answer> AskAsync(EmulatedHost host, string more = "") =>
        host.GetAsync(Query + more, HostCalls.SecretOf(host));

    private Task<ManagedIdentityEmulator> StartAsync(bool reuse) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions
        {
            Hosts = [new HostDescription { Name = "fabric", Kind = HostKind.ServiceFabric, UserAssigned = ["orders"] }],
            TimeProvider = _clock,
            ReuseTokens = reuse,
        },
        Ct);
}
