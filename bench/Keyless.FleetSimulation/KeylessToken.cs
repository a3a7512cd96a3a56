using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Keyless.Caching;
using Keyless.Pipeline;

namespace Keyless.FleetSimulation;

/// <summary>
/// One token of one node: the product's slot, and an acquisition for it whose rules are the product's while its pauses are events.
/// </summary>
internal sealed class KeylessToken(KeylessNode node, int index) : TokenFetch
{
    private static readonly TimeSpan Skew = new ManagedIdentityOptions().ExpirySkew;
    private static readonly TokenFailure Unavailable = new(FailureKind.EndpointUnavailable, "503");
    private static readonly TokenFailure Throttled = new(FailureKind.Throttled, "429");

    private readonly TokenSlot _slot = new(new TokenKey("", ManagedIdentity.SystemAssigned, ""));
    private TaskCompletionSource<FetchResult>? _landing;

    // The call that the flight was started for: what it gets, all get who wait.
    private Task<FetchOutcome>? _leading;
    private RetryCue? _first;
    private int _retries;
    private int _waiting;
    private long _startedOn;

    private KeylessFleet Fleet => node.Fleet;

    private DateTimeOffset Now => Fleet.Time.GetUtcNow();

    private bool IsAlive => _slot.Entry?.ExpiresOn > Now;

    /// <summary>Callers look for the token; what follows is what <c>TokenAcquirer</c> does.</summary>
    /// <param name="callers">How many at once.</param>
    /// <returns>When the next ones come who matter.</returns>
    public long Visit(int callers)
    {
        var now = Fleet.Time.Ticks;
        var state = _slot.Entry is { } old ? Fleet.Clock.Check(old) : EntryState.Invalid;
        if (state == EntryState.Stale && _slot.TryClaimRefresh(Now))
        {
            var refreshing = _slot.RefreshAsync(this, node.Terms);
            if (_landing is null)
                _slot.ReleaseRefresh();
            _ = refreshing.AsTask();
        }
        else if (state == EntryState.Invalid)
        {
            Acquire(callers);
        }

        var quietUntil = _slot.Entry is { } entry ? (entry.RefreshOn - SimulatedClock.Start).Ticks - 1 : now;
        return Fleet.Traffic.NextAfter(index, Math.Max(now, quietUntil));
    }

    /// <summary>Asks the endpoint; called when the acquisition starts, and at the end of each pause.</summary>
    public void Attempt()
    {
        if (TryAsk() is { } result)
            Land(result);
    }

    public override ValueTask<FetchResult> RunAsync(bool async, AcquisitionReason reason, string? rejectedToken)
    {
        (_first, _retries, _startedOn) = (null, 0, Fleet.Time.Ticks);
        var closed = node.GateClosedFor();
        if (closed > KeylessNode.FirstBudget)
            return new ValueTask<FetchResult>(new FetchResult(entry: null, Throttled with { RetryAfter = closed }));
        if (closed > TimeSpan.Zero)
            AttemptAfter(closed);
        else if (TryAsk() is { } result)
            return new ValueTask<FetchResult>(result);

        _landing = new TaskCompletionSource<FetchResult>();
        return new ValueTask<FetchResult>(_landing.Task);
    }

    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "It has ended.")]
    private void Acquire(int callers)
    {
        var isFirst = _landing is null;
        var call = _slot.AcquireAsync(async: true, this, default, node.Terms, CancellationToken.None).AsTask();

        // Else a failure was remembered, and nobody asked.
        if (_landing is not null || _startedOn == Fleet.Time.Ticks)
            Fleet.Tally.Waited += callers;
        if (_landing is not null)
            (_waiting, _leading) = (_waiting + callers, isFirst ? call : _leading);
        else if (call.Result.Failure is not null)
            CountFailed(callers);
    }

    private FetchResult? TryAsk()
    {
        var answer = Fleet.Provider.Ask(index, Fleet.Time.Ticks);
        if (answer.Status == 200)
            return new FetchResult(Build(answer), failure: null);

        var failure = answer.Status == 429 ? Throttled : Unavailable;
        var cue = RetryCue.FromStatus(answer.Status);
        _first ??= cue;
        var retry = _retries++;
        if (retry >= RetryTable.Retries(SourceKind.Imds, KeylessNode.IsAnnounced, _first.Value, cue))
            return new FetchResult(entry: null, failure);

        var pause = RetrySchedule.PauseBefore(SourceKind.Imds, cue, retry, retryAfter: null, node.Draw());
        if (answer.Status == 429)
            node.CloseGate(pause);
        AttemptAfter(pause);
        return null;
    }

    private TokenEntry Build(ProviderAnswer answer)
    {
        var expiresOn = SimulatedClock.Start.AddTicks(answer.ExpiresOn);
        var lifetime = expiresOn - Now;
        var servedUntil = RefreshSchedule.ServedUntil(expiresOn, lifetime, Skew);
        var refreshOn = RefreshSchedule.RefreshOn(Now, lifetime, refreshIn: null, node.Draw());
        return new TokenEntry(answer.ExpiresOn.ToString(CultureInfo.InvariantCulture))
        {
            ExpiresOn = expiresOn,
            RefreshOn = refreshOn < servedUntil ? refreshOn : servedUntil,
            ServedUntil = servedUntil,
            Resource = "",
        };
    }

    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "It has ended.")]
    private void Land(FetchResult result)
    {
        var (landing, leading, waiting) = (_landing!, _leading, _waiting);
        (_landing, _leading, _waiting) = (null, null, 0);

        // Completes the flight on this thread, and with it the slot.
        landing.SetResult(result);
        _slot.ReleaseRefresh();
        if (waiting > 0)
            Fleet.Tally.CallWaited(Fleet.Time.Ticks - _startedOn);

        // Who has come to wait for a renewal is told by what such a call does.
        if (leading is not null ? leading.Result.Failure is not null : result.Failure is not null && !IsAlive)
            CountFailed(waiting);
    }

    private void CountFailed(int callers)
    {
        Fleet.Tally.Failed += callers;
        if (IsAlive)
            Fleet.Tally.FailedWhileAlive += callers;
    }

    // Timers count in whole milliseconds.
    private void AttemptAfter(TimeSpan pause) =>
        Fleet.AttemptAt(index, Fleet.Time.Ticks + ((long)pause.TotalMilliseconds * TimeSpan.TicksPerMillisecond));
}
