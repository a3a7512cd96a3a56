using System.Diagnostics.CodeAnalysis;

namespace Keyless.Caching;

/// <summary>
/// One acquisition under way and the callers who wait for it. It has its own deadline and belongs to none of them:
/// a caller that cancels leaves alone.
/// </summary>
internal sealed class Flight(AcquisitionReason reason, string? rejectedToken, SlotTerms owner)
{
    // Waiting threads are released by whoever completes it; no pool thread is needed for that.
    private readonly TaskCompletionSource<FetchOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AcquisitionReason Reason { get; } = reason;

    /// <summary>The token that this flight asks the host to replace.</summary>
    public string? RejectedToken { get; } = rejectedToken;

    public void Start(bool async, TokenFetch fetch, TokenSlot slot, SlotTerms terms)
    {
        if (async)
        {
            _ = RunAsync(async, fetch, slot, terms);
            return;
        }

        // On a thread of its own, so that a caller of the synchronous API can leave it and needs nothing from the pool.
        new Thread(() => _ = RunAsync(async, fetch, slot, terms)) { IsBackground = true, Name = "Keyless acquisition" }.Start();
    }

    [SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous path waits on purpose.")]
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path waits on purpose; the flight needs nothing from the waiting thread.")]
    public async ValueTask<FetchOutcome> WaitAsync(bool async, SlotTerms terms, CancellationToken cancellationToken)
    {
        var landing = _completion.Task;

        // A flight of the client's own ends within the client's own budget, and says better what went wrong.
        var patience = ReferenceEquals(terms, owner) ? Timeout.InfiniteTimeSpan : terms.LongestWait;
        if (!async && ReferenceEquals(terms.Time, TimeProvider.System))
        {
            // A plain wait is ended by the completing thread itself; WaitAsync would need one of the pool to pass it on.
            return landing.Wait(patience, cancellationToken)
                ? landing.GetAwaiter().GetResult()
                : new FetchOutcome(terms.WaitedTooLong());
        }

        try
        {
            var waiting = landing.WaitAsync(patience, terms.Time, cancellationToken);
            return async ? await waiting.ConfigureAwait(false) : waiting.GetAwaiter().GetResult();
        }
        catch (TimeoutException) when (!landing.IsFaulted)
        {
            return new FetchOutcome(terms.WaitedTooLong());
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is, it belongs to those who wait.")]
    private async Task RunAsync(bool async, TokenFetch fetch, TokenSlot slot, SlotTerms terms)
    {
        try
        {
            var result = await fetch.RunAsync(async, Reason, RejectedToken).ConfigureAwait(false);
            _completion.SetResult(slot.Complete(this, result, terms));
        }
        catch (Exception e)
        {
            slot.Abandon(this);
            _completion.SetException(e);
        }
    }
}
