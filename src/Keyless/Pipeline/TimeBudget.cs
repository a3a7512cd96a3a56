namespace Keyless.Pipeline;

/// <summary>The time that one acquisition may take in all.</summary>
internal sealed class TimeBudget(TimeProvider time, TimeSpan total)
{
    private readonly long _start = time.GetTimestamp();

    public TimeSpan Total { get; private set; } = total;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public TimeSpan Remaining => Total - Elapsed;

    /// <summary>Grants more time, unless it has run out already.</summary>
    public void ExtendTo(TimeSpan total)
    {
        if (total > Total && Remaining > TimeSpan.Zero)
            Total = total;
    }

    /// <summary>A part of the budget, or what is left of it if that is less.</summary>
    /// <param name="most">The part.</param>
    /// <param name="reclaimed">A source that an earlier share has left, to be used again.</param>
    public TimeShare Share(TimeSpan most, CancellationTokenSource? reclaimed = null)
    {
        var remaining = Remaining;
        var isAll = remaining <= most;
        var share = !isAll ? most : remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        if (reclaimed is null)
            return new TimeShare(new CancellationTokenSource(share, time), isAll);
        reclaimed.CancelAfter(share);
        return new TimeShare(reclaimed, isAll);
    }
}
