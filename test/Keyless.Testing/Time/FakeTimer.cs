namespace Keyless.Testing;

/// <summary>One timer of a <see cref="FakeClock"/>. Its state is read and written under the clock's lock alone.</summary>
internal sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    /// <summary>The instant, on the clock's timestamp, at which it fires.</summary>
    internal TimeSpan DueAt { get; set; }

    internal TimeSpan Delay { get; set; }

    internal TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

    internal bool IsDisposed { get; set; }

    /// <summary>Whether it ends something, by a cancellation source, and is no pause that anybody waits for.</summary>
    internal bool IsDeadline => state is CancellationTokenSource;

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Change(this, dueTime, period);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (_context is null)
            callback(state);
        else
            ExecutionContext.Run(_context, _ => callback(state), null);
    }
}
