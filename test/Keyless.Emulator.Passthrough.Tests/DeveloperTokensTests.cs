using System.Globalization;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Passthrough.Tests;

public sealed class DeveloperTokensTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly StandIn _command = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task however_many_ask_the_command_runs_once()
    {
        _command.LikeAz(_clock.Now.AddHours(1));
        await using var tokens = Tokens(_command.Options());

        var asked = Enumerable.Range(0, 20).Select(_ => tokens.GetTokenAsync(HostCalls.Vault, Cancelled).AsTask()).ToArray();
        var first = await asked[0];

        Assert.All(await Task.WhenAll(asked), token => Assert.Same(first, token));
        Assert.Equal(1, _command.Calls);
    }

    [Fact]
    public async Task a_command_that_takes_too_long_is_ended_for_all_who_wait()
    {
        _command.Hangs = true;
        await using var tokens = Tokens(_command.Options());

        var asked = Enumerable.Range(0, 5).Select(_ => tokens.GetTokenAsync(HostCalls.Vault, Cancelled).AsTask()).ToArray();
        await _clock.AdvanceToTimerAsync(delay => delay == TimeSpan.FromSeconds(30), Cancelled);

        foreach (var wait in asked)
        {
            var exception = await Assert.ThrowsAsync<PassthroughException>(() => wait);
            Assert.True(exception.MayPass);
            Assert.Contains("took longer than 30 s", exception.Message, StringComparison.Ordinal);
        }

        Assert.InRange(_command.Calls, 0, 1);
    }

    [Fact]
    public async Task who_gives_up_waiting_leaves_alone()
    {
        _command.Hangs = true;
        await using var tokens = Tokens(_command.Options());
        using var impatient = new CancellationTokenSource();

        var one = tokens.GetTokenAsync(HostCalls.Vault, impatient.Token).AsTask();
        var other = tokens.GetTokenAsync(HostCalls.Vault, Cancelled).AsTask();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(other.IsCompleted);
    }

    [Theory]
    [InlineData("2026-07-01 12:00:00.000000", "2026-07-01T10:00:00Z")]
    [InlineData("2026-12-01 12:00:00.123456", "2026-12-01T11:00:00.123456Z")]
    [InlineData("2026-10-25 02:30:00.000000", "2026-10-25T00:30:00Z")]
    public void the_local_time_of_older_versions_is_read_by_the_clocks_zone(string text, string utc)
    {
        var zone = TimeZoneInfo.FromSerializedString(
            "Test;60;(UTC+01:00) Test;Test Standard;Test Daylight;[01:01:0001;12:31:9999;60;[0;02:00:00;3;5;0;];[0;03:00:00;10;5;0;];];");
        var token = LoginCommand.Of(PassthroughCommand.Az).Read($$"""{"accessToken":"a","expiresOn":"{{text}}"}""", _clock.Now, zone);

        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), token.ExpiresOn);
    }

    private DeveloperTokens Tokens(PassthroughOptions options) => new(options, MachineEnvironment.Process, _clock);
}
