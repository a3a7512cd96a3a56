using Keyless.Caching;
using Keyless.Testing;

namespace Keyless.Tests.Caching;

public sealed class CacheClockTests
{
    private readonly FakeClock _time = new(Samples.Now);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.4, 0)]
    [InlineData(1, 1)]
    [InlineData(999, 999)]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1000)]
    [InlineData(3_600_000, 1000)]
    [InlineData(-5, -5)]
    public void The_tick_counter_is_trusted_for_a_second_at_most_and_never_beyond_the_renewal(double milliseconds, long expected)
    {
        Assert.Equal(5_000_000 + expected, CacheClock.FastUntil(5_000_000, TimeSpan.FromMilliseconds(milliseconds)));
        Assert.Equal(5_001_000, CacheClock.FastUntil(5_000_000, TimeSpan.MaxValue));
    }

    [Fact]
    public void An_entry_goes_from_fresh_to_stale_to_invalid_at_its_instants()
    {
        var clock = new CacheClock(_time);
        var entry = Entry(refreshOn: 60, servedUntil: 90);

        Assert.Equal((EntryState.Fresh, true), (clock.Check(entry), clock.IsFresh(entry)));
        _time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.Equal((EntryState.Fresh, true), (clock.Check(entry), clock.IsFresh(entry)));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((EntryState.Stale, false), (clock.Check(entry), clock.IsFresh(entry)));
        _time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Equal((EntryState.Stale, false), (clock.Check(entry), clock.IsFresh(entry)));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((EntryState.Invalid, false), (clock.Check(entry), clock.IsFresh(entry)));
        Assert.Equal(_time.Now, clock.Now);
    }

    // The entry that was found fresh is trusted by the counter; one that nobody has looked at yet is not.
    [Fact]
    public void By_the_real_clock_an_entry_is_looked_at_before_it_is_trusted()
    {
        var clock = new CacheClock(TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var later = now.AddHours(1);
        var entry = new TokenEntry("t") { Resource = "r", ExpiresOn = later, RefreshOn = now.AddMinutes(30), ServedUntil = later };

        Assert.False(clock.IsFresh(entry));
        Assert.Equal(EntryState.Fresh, clock.Check(entry));
        Assert.True(clock.IsFresh(entry));
        Assert.InRange(entry.FastUntil - Environment.TickCount64, 1, 1000);
    }

    [Fact]
    public void By_the_real_clock_a_stale_entry_is_never_trusted()
    {
        var clock = new CacheClock(TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var entry = new TokenEntry("t") { Resource = "r", ExpiresOn = now.AddHours(1), RefreshOn = now, ServedUntil = now.AddHours(1) };

        Assert.Equal(EntryState.Stale, clock.Check(entry));
        Assert.False(clock.IsFresh(entry));
    }

    private TokenEntry Entry(int refreshOn, int servedUntil) => new("t")
    {
        Resource = "r",
        ExpiresOn = _time.Now.AddSeconds(servedUntil),
        RefreshOn = _time.Now.AddSeconds(refreshOn),
        ServedUntil = _time.Now.AddSeconds(servedUntil),
    };
}
