using Keyless.Emulator.Time;

namespace Keyless.Emulator;

/// <summary>
/// The clock that everything in an emulator reads. It follows <see cref="EmulatorOptions.TimeProvider"/> until somebody moves it.
/// </summary>
/// <remarks>
/// Give it to a client as its clock, and both live in the same time. Timers that are made from it fire by its time: while it is moved, each
/// at its own instant and on the thread that moves it. Safe for use from any thread.
/// </remarks>
public sealed class EmulatorClock : TimeProvider
{
    /// <summary>The highest <see cref="Speed"/>.</summary>
    public const double MaxSpeed = 1_000_000;

    private readonly object _gate = new();
    private readonly List<EmulatorTimer> _timers = [];
    private volatile ClockCourse _course;
    private long _skew;

    internal EmulatorClock(TimeProvider source, TokenTimes tokenTimes = TokenTimes.Clock)
    {
        Source = source;
        TokenTimes = tokenTimes;
        _course = ClockCourse.Following(source);
    }

    /// <summary>Whether it stands still, but for <see cref="Advance"/> and <see cref="Set"/>.</summary>
    public bool IsFrozen => _course.IsFrozen;

    /// <summary>How much faster it runs than the clock that it follows.</summary>
    /// <value>Default: 1. More than 0, at most <see cref="MaxSpeed"/>.</value>
    public double Speed
    {
        get => _course.Speed;
        set
        {
            if (!(value > 0 && value <= MaxSpeed))
                throw new ArgumentOutOfRangeException(
                    nameof(value), value, $"Give a speed above 0 and not above {MaxSpeed}. Freeze() stops the clock.");
            Turn(course => course with { Speed = value });
        }
    }

    /// <summary>
    /// By how much the times that the emulator tells others differ from its clock: those in tokens, beside tokens and in the Date header.
    /// Negative: they are behind. Nothing else changes; above all, the clock doesn't.
    /// </summary>
    /// <value>Default: zero.</value>
    public TimeSpan Skew
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _skew));
        set => Interlocked.Exchange(ref _skew, value.Ticks);
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => Source.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The clock that it follows.</summary>
    internal TimeProvider Source { get; }

    /// <summary>Whether tokens go by this clock or by the one that it follows.</summary>
    internal TokenTimes TokenTimes { get; }

    /// <summary>The time by which tokens are issued and judged, and that their bearers live in.</summary>
    internal DateTimeOffset TokenNow => TokenTimes == TokenTimes.Real ? Source.GetUtcNow() : GetUtcNow();

    /// <summary>The time as others are told it.</summary>
    internal DateTimeOffset ToldNow => TokenNow + Skew;

    /// <summary>How far it has been moved from the clock that it follows, in whole seconds: between two looks a moment passes.</summary>
    internal TimeSpan Ahead => TimeSpan.FromSeconds(Math.Round((GetUtcNow() - Source.GetUtcNow()).TotalSeconds));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _course.UtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => _course.TicksNow();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new EmulatorTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Stops it.</summary>
    public void Freeze() => Turn(course => course with { IsFrozen = true });

    /// <summary>Lets it run again, from where it stands.</summary>
    public void Resume() => Turn(course => course with { IsFrozen = false });

    /// <summary>Moves it forward, firing on the way the timers that come due, in their order.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        while (Step(ref by) is { } timer)
            timer.Fire();
    }

    /// <summary>Sets it. Forward it goes as by <see cref="Advance"/>; backward no timer comes nearer or goes farther.</summary>
    /// <param name="now">The new time.</param>
    public void Set(DateTimeOffset now)
    {
        var by = now - GetUtcNow();
        if (by >= TimeSpan.Zero)
            Advance(by);
        else
            Turn(course => course with { Utc = now.ToUniversalTime() });
    }

    internal bool Change(EmulatorTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        RequireDuration(dueTime, nameof(dueTime));
        RequireDuration(period, nameof(period));
        lock (_gate)
        {
            if (timer.IsDisposed)
                return false;

            // A real timer takes a period of zero for "once".
            timer.Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            Schedule(timer, dueTime);
            return true;
        }
    }

    internal void Remove(EmulatorTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    /// <summary>The clock that is followed says that a timer is due.</summary>
    /// <returns>False: it isn't, by this clock.</returns>
    internal bool TakeDue(EmulatorTimer timer)
    {
        lock (_gate)
        {
            if (!_timers.Contains(timer))
                return false;
            var wait = _course.UntilDue(timer.DueAt);
            if (wait is null || wait > EmulatorTimer.Grain)
            {
                timer.Await(wait);
                return false;
            }

            Schedule(timer, timer.Period);
            return true;
        }
    }

    private static void RequireDuration(TimeSpan value, string name)
    {
        if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, value, "Neither a duration nor Timeout.InfiniteTimeSpan.");
    }

    /// <summary>Moves to the next timer within the remaining distance and takes it out, or to the end of the distance.</summary>
    private EmulatorTimer? Step(ref TimeSpan remaining)
    {
        lock (_gate)
        {
            var now = _course.TicksNow();
            var next = _timers.MinBy(timer => timer.DueAt);
            if (next is not null && next.DueAt - now > remaining.Ticks)
                next = null;

            var step = next is null ? remaining : TimeSpan.FromTicks(Math.Max(0, next.DueAt - now));
            remaining -= step;
            if (next is not null)
                Schedule(next, next.Period, from: now + step.Ticks);

            // Others that are due at this instant are for the next step, not for another thread.
            Turn(course => course with { Utc = course.Utc + step, Ticks = course.Ticks + step.Ticks }, leaveDue: true);
            return next;
        }
    }

    private void Turn(Func<ClockCourse, ClockCourse> change, bool leaveDue = false)
    {
        lock (_gate)
        {
            _course = change(_course.FromNow());
            foreach (var timer in _timers)
            {
                var wait = _course.UntilDue(timer.DueAt);
                if (wait != TimeSpan.Zero || !leaveDue)
                    timer.Await(wait);
            }
        }
    }

    private void Schedule(EmulatorTimer timer, TimeSpan dueIn, long? from = null)
    {
        _timers.Remove(timer);
        if (dueIn == Timeout.InfiniteTimeSpan)
        {
            timer.Await(null);
            return;
        }

        timer.DueAt = (from ?? _course.TicksNow()) + dueIn.Ticks;
        _timers.Add(timer);
        timer.Await(_course.UntilDue(timer.DueAt));
    }
}
