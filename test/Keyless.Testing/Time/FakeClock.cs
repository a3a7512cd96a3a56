namespace Keyless.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire while it is moved, each at its own instant.</summary>
/// <remarks>
/// Time has two hands, as on a real machine. <see cref="Advance"/> and <see cref="Set"/> move both; only
/// <see cref="SetWithoutTimers"/> moves the wall clock alone. Callbacks run on the thread that advances, with no lock held,
/// so that the code under test has run up to its next wait when <see cref="Advance"/> returns; a timer that is due at once
/// fires on the thread pool, as a real one does. Safe for use from any thread.
/// </remarks>
public sealed partial class FakeClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];

    // A machine that has been up for a while: code that takes a timestamp of 0 for "never" must not pass by luck.
    private TimeSpan _uptime = TimeSpan.FromHours(31);
    private DateTimeOffset _now;

    /// <summary>A clock that stands at an ordinary instant.</summary>
    public FakeClock()
        : this(new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that stands at this instant.</summary>
    /// <param name="now">The time to start at.</param>
    public FakeClock(DateTimeOffset now)
    {
        _now = now.ToUniversalTime();
    }

    /// <summary>The time as it stands.</summary>
    public DateTimeOffset Now => GetUtcNow();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The timers that wait, the one due first at the head.</summary>
    public IReadOnlyList<PendingTimer> PendingTimers
    {
        get
        {
            lock (_lock)
                return [.. _timers.Select(Describe)];
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
            return _uptime.Ticks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        Change(timer, dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward, firing on the way every timer that comes due, in order, with the clock standing at its instant.</summary>
    /// <param name="by">How far; what callbacks advance on their own comes on top.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        while (Step(ref by) is { } timer)
            timer.Fire();
    }

    /// <summary>Moves the clock forward to an instant, as <see cref="Advance"/> does.</summary>
    /// <param name="now">Where to; not before the time as it stands.</param>
    public void Set(DateTimeOffset now)
    {
        var by = now - Now;
        if (by < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(now), now, "The clock runs forward only; SetWithoutTimers turns the wall clock back.");
        Advance(by);
    }

    /// <summary>Sets the wall clock alone, in either direction: the machine slept, or somebody corrected its clock. No timer comes nearer.</summary>
    /// <param name="now">The new time.</param>
    public void SetWithoutTimers(DateTimeOffset now)
    {
        lock (_lock)
            _now = now.ToUniversalTime();
    }

    internal bool Change(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        RequireDuration(dueTime, nameof(dueTime));
        RequireDuration(period, nameof(period));

        lock (_lock)
        {
            if (timer.IsDisposed)
                return false;

            _timers.Remove(timer);
            // A real timer takes a period of zero for "once".
            timer.Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            timer.Delay = dueTime;

            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static due => due.Fire(), timer, preferLocal: false);
                ScheduleNext(timer);
            }
            else if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Schedule(timer, _uptime + dueTime);
            }

            AnswerWaiters();
            return true;
        }
    }

    internal void Remove(FakeTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private static void RequireDuration(TimeSpan value, string name)
    {
        if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, value, "Neither a duration nor Timeout.InfiniteTimeSpan.");
    }

    /// <summary>Moves to the next timer within the remaining distance and takes it out, or to the end of the distance.</summary>
    private FakeTimer? Step(ref TimeSpan remaining)
    {
        lock (_lock)
        {
            var timer = _timers.Count > 0 && _timers[0].DueAt - _uptime <= remaining ? _timers[0] : null;
            var step = timer is null ? remaining : timer.DueAt - _uptime;
            _uptime += step;
            _now += step;
            remaining -= step;

            if (timer is not null)
            {
                _timers.RemoveAt(0);
                ScheduleNext(timer);
                AnswerWaiters();
            }

            return timer;
        }
    }

    private void ScheduleNext(FakeTimer timer)
    {
        if (timer.Period == Timeout.InfiniteTimeSpan)
            return;
        timer.Delay = timer.Period;
        Schedule(timer, _uptime + timer.Period);
    }

    private void Schedule(FakeTimer timer, TimeSpan dueAt)
    {
        // Behind those of the same instant: of two timers, the one set first fires first.
        timer.DueAt = dueAt;
        var at = _timers.FindIndex(other => other.DueAt > dueAt);
        _timers.Insert(at < 0 ? _timers.Count : at, timer);
    }

    private PendingTimer Describe(FakeTimer timer) => new(timer.Delay, timer.DueAt - _uptime, timer.Period);
}
