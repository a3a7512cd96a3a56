using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Keyless.Caching;

/// <summary>
/// One acquisition under way and the callers who wait for it. It has its own deadline and belongs to none of them:
/// a caller that cancels leaves alone.
/// </summary>
internal sealed class Flight(AcquisitionReason reason, string? rejectedToken, SlotTerms owner)
{
    private TaskCompletionSource<FetchOutcome>? _landing;

    public AcquisitionReason Reason { get; } = reason;

    /// <summary>The token that this flight asks the host to replace.</summary>
    public string? RejectedToken { get; } = rejectedToken;

    /// <summary>Sees to it that there is something to wait at. To be called while the flight can't end: under the slot's lock.</summary>
    public void Announce() =>
        // Waiting threads are released by whoever completes it; no pool thread is needed for that.
        _landing ??= new TaskCompletionSource<FetchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks the endpoint, for those who wait and for the caller, who can't leave.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FetchOutcome> RunAsync(bool async, TokenFetch fetch, TokenSlot slot, SlotTerms terms)
    {
        FetchOutcome outcome;
        try
        {
            outcome = slot.Complete(this, await fetch.RunAsync(async, Reason, RejectedToken).ConfigureAwait(false), terms);
        }
        catch (Exception e)
        {
            slot.Abandon(this);
            _landing?.SetException(e);
            throw;
        }

        _landing?.SetResult(outcome);
        return outcome;
    }

    /// <summary>Asks the endpoint for those who wait, whoever of them leaves.</summary>
    public void Start(bool async, TokenFetch fetch, TokenSlot slot, SlotTerms terms)
    {
        if (async)
            _ = RunDetachedAsync(async, fetch, slot, terms);
        else
            StartThread(fetch, slot, terms);
    }

    [SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous path waits on purpose.")]
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path waits on purpose; the flight needs nothing from the waiting thread.")]
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FetchOutcome> WaitAsync(bool async, SlotTerms terms, CancellationToken cancellationToken)
    {
        var landing = _landing!.Task;

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

    // A thread of its own, so that a caller of the synchronous API can leave it and needs nothing from the pool.
    private void StartThread(TokenFetch fetch, TokenSlot slot, SlotTerms terms) =>
        new Thread(() => _ = RunDetachedAsync(async: false, fetch, slot, terms)) { IsBackground = true, Name = "Keyless acquisition" }.Start();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Those who wait are told.")]
    private async Task RunDetachedAsync(bool async, TokenFetch fetch, TokenSlot slot, SlotTerms terms)
    {
        try
        {
            await RunAsync(async, fetch, slot, terms).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It is the landing's, and thus theirs who wait.
        }
    }
}
