namespace Keyless.Pipeline;

/// <summary>The time for one step of an acquisition: its token is cancelled when that is used up.</summary>
/// <param name="source">What is cancelled.</param>
/// <param name="isAll">Whether the step may take all that is left of the budget, so that nothing is left when it is used up.</param>
internal readonly struct TimeShare(CancellationTokenSource source, bool isAll) : IDisposable
{
    public CancellationToken Token => source.Token;

    public bool IsSpent => source.IsCancellationRequested;

    /// <summary>Whether not only this step's time is used up, but the whole budget.</summary>
    public bool IsBudgetSpent => isAll && source.IsCancellationRequested;

    public void Dispose() => source.Dispose();

    /// <summary>Ends the step. The source may serve another one if its time had not come.</summary>
    public CancellationTokenSource? Reclaim()
    {
        if (source.TryReset())
            return source;
        source.Dispose();
        return null;
    }
}
