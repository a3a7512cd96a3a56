using Keyless.Testing;

namespace Keyless.FleetSimulation.Tests;

/// <summary>Passes a clock on and counts the pauses that are under way on it; budgets and timeouts are timers, too, but no pauses.</summary>
internal sealed class PauseCounter(FakeClock clock) : TimeProvider
{
    // The budgets are of 3 s and more, and an attempt has 10 s; the longest pause is of 5 s.
    private static readonly TimeSpan FirstBudget = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private int _pausing;

    public int Pausing => Volatile.Read(ref _pausing);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > LongestPause || dueTime == FirstBudget || dueTime == Timeout.InfiniteTimeSpan)
            return clock.CreateTimer(callback, state, dueTime, period);

        Interlocked.Increment(ref _pausing);
        return clock.CreateTimer(
            fired =>
            {
                Interlocked.Decrement(ref _pausing);
                callback(fired);
            },
            state,
            dueTime,
            period);
    }
}
