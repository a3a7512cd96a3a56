namespace Keyless.Pipeline;

/// <summary>The time that one acquisition may take in all. Its token is cancelled when it is used up.</summary>
internal sealed class TimeBudget : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _spent;
    private readonly long _start;

    public TimeBudget(TimeProvider time, TimeSpan total)
    {
        _time = time;
        _start = time.GetTimestamp();
        Total = total;
        _spent = new CancellationTokenSource(total, time);
    }

    public TimeSpan Total { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public TimeSpan Remaining => Total - Elapsed;

    public CancellationToken Token => _spent.Token;

    /// <summary>Grants more time, unless it has run out already.</summary>
    public void ExtendTo(TimeSpan total)
    {
        if (total <= Total)
            return;
        Total = total;
        var remaining = Remaining;
        if (remaining > TimeSpan.Zero)
            _spent.CancelAfter(remaining);
    }

    public void Dispose() => _spent.Dispose();
}
