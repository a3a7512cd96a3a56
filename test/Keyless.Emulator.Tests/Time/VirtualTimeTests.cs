using System.Globalization;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Time;

public sealed class VirtualTimeTests : IAsyncLifetime
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private readonly FakeClock _source = new();
    private ManagedIdentityEmulator _emulator = null!;

    private EmulatedHost Vm => _emulator[SourceKind.Imds];

    [Fact]
    public async Task a_token_is_over_at_once_after_advancing_25_hours()
    {
        var first = await Vm.GetAsync(Ask, HostCalls.Metadata);
        Assert.Equal(first.Token, (await Vm.GetAsync(Ask, HostCalls.Metadata)).Token);

        _emulator.Clock.Advance(TimeSpan.FromHours(25));

        var second = await Vm.GetAsync(Ask, HostCalls.Metadata);
        Assert.NotEqual(first.Token, second.Token);
        Assert.True(new DecodedToken(first.Token).Time("exp") < _emulator.Clock.GetUtcNow());
        Assert.Equal(_source.Now.AddHours(49), new DecodedToken(second.Token).Time("exp"));
        Assert.Equal(TimeSpan.FromHours(25), Vm.Journal.Entries[2].Time - Vm.Journal.Entries[1].Time);
    }

    [Fact]
    public async Task a_client_on_the_emulators_clock_renews_when_the_clock_is_advanced()
    {
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = MachineEnvironment.FromVariables(Vm.Variables),
            TimeProvider = _emulator.Clock,
        });
        var first = await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken);

        _emulator.Clock.Advance(TimeSpan.FromHours(25));

        Assert.NotEqual(first.Token, (await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken)).Token);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task skew_changes_what_others_are_told_and_never_the_clock(int hours)
    {
        var skew = TimeSpan.FromHours(hours);
        _emulator.Clock.Skew = skew;

        var answer = await Vm.GetAsync(Ask, HostCalls.Metadata);

        var token = new DecodedToken(answer.Token);
        var now = _source.Now;
        Assert.Equal(now, _emulator.Clock.GetUtcNow());
        Assert.Equal(now, Assert.Single(Vm.Journal.Entries).Time);
        Assert.Equal(now + skew - TimeSpan.FromMinutes(5), token.Time("iat"));
        Assert.Equal(now + skew - TimeSpan.FromMinutes(5), token.Time("nbf"));
        Assert.Equal(now + skew + TimeSpan.FromHours(24), token.Time("exp"));
        Assert.Equal(token.Time("exp").ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), answer.String("expires_on"));
        Assert.Equal("86400", answer.String("expires_in"));
        Assert.Equal((now + skew).ToString("R", CultureInfo.InvariantCulture), answer.Header("Date"));
    }

    [Fact]
    public async Task skew_does_not_age_the_tokens_that_a_platform_keeps()
    {
        _emulator.Clock.Skew = TimeSpan.FromDays(-30);
        var first = await Vm.GetAsync(Ask, HostCalls.Metadata);
        Assert.Equal(first.Token, (await Vm.GetAsync(Ask, HostCalls.Metadata)).Token);

        _emulator.Clock.Skew = TimeSpan.Zero;

        Assert.Equal(first.Token, (await Vm.GetAsync(Ask, HostCalls.Metadata)).Token);
    }

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _source }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();
}
