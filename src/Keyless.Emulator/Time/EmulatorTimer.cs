namespace Keyless.Emulator.Time;

/// <summary>A timer of an <see cref="EmulatorClock"/>. Its state is read and written under the clock's lock alone.</summary>
internal sealed class EmulatorTimer : ITimer
{
    /// <summary>
    /// By how much the followed clock's timers may be early: the machine's tell time more coarsely than its timestamps do.
    /// </summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(2);

    // Timers can't be set for longer than 49 days; whoever waits longer looks again on the way.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly EmulatorClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly ITimer _alarm;

    public EmulatorTimer(EmulatorClock clock, TimerCallback callback, object? state)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        _alarm = clock.Source.CreateTimer(
            static timer => ((EmulatorTimer)timer!).OnAlarm(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The instant, on the clock's timestamp, at which it fires.</summary>
    public long DueAt { get; set; }

    public TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period) => _clock.Change(this, dueTime, period);

    public void Dispose()
    {
        _clock.Remove(this);
        _alarm.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Has the followed clock call after this time. Null: not at all.</summary>
    public void Await(TimeSpan? wait)
    {
        // Some clocks fire what is due at once on the thread that says so, which here holds a lock.
        if (wait == TimeSpan.Zero)
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.OnAlarm(), this, preferLocal: false);
        else
            _alarm.Change(
                wait is not { } time ? Timeout.InfiniteTimeSpan : time < LongestWait ? time : LongestWait, Timeout.InfiniteTimeSpan);
    }

    public void Fire()
    {
        if (_context is null)
            _callback(_state);
        else
            ExecutionContext.Run(_context, _ => _callback(_state), null);
    }

    private void OnAlarm()
    {
        if (_clock.TakeDue(this))
            Fire();
    }
}
