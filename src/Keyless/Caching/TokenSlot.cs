using System.Runtime.CompilerServices;

namespace Keyless.Caching;

/// <summary>
/// The place of one token: the published entry, the one flight that may be under way for it, and the failure that is remembered.
/// Its lock is held for moments only, never across a wait.
/// </summary>
internal sealed class TokenSlot(TokenKey key)
{
    private readonly object _gate = new();

    private TokenEntry? _entry;
    private Flight? _flight;
    private TokenFailure? _failure;
    private DateTimeOffset _failureUntil;
    private int _refreshing;

    // UTC ticks, which can be read without the lock: a stale token may be asked for millions of times before its renewal is due again.
    private long _nextRefresh;
    private bool _evicted;

    public TokenKey Key { get; } = key;

    /// <summary>The published entry; read without a lock.</summary>
    public TokenEntry? Entry => Volatile.Read(ref _entry);

    /// <summary>Whether somebody has claimed the renewal and is still at it.</summary>
    public bool IsRefreshing => Volatile.Read(ref _refreshing) != 0;

    /// <summary>Answers from the entry or from memory, else joins the flight that is under way, else starts one.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FetchOutcome> AcquireAsync(bool async, TokenFetch fetch, AcquisitionTerms terms, SlotTerms slot, CancellationToken cancellationToken)
    {
        // Without a name, what is cached now is what was rejected.
        if (terms is { AfterClaims: true, RejectedToken: null })
            terms = terms with { RejectedToken = Entry?.Token };

        while (true)
        {
            // What the cache can answer is answered even to a caller that has cancelled.
            if (cancellationToken.IsCancellationRequested)
                return Answer(terms, slot) ?? throw new OperationCanceledException(cancellationToken);

            // Who can't leave runs the flight itself, which spares a way over the pool.
            var stays = async && !cancellationToken.CanBeCanceled;
            if (Join(terms, slot, stays, out var flight, out var leads) is { } known)
                return known;

            if (leads && !stays)
                flight!.Start(async, fetch, this, slot);
            var outcome = leads && stays
                ? await flight!.RunAsync(async, fetch, this, slot).ConfigureAwait(false)
                : await flight!.WaitAsync(async, slot, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure is not null)
                return LastResort(terms, slot) ?? outcome;
            if (terms.RejectedToken is null || !string.Equals(outcome.Entry!.Token, terms.RejectedToken, StringComparison.Ordinal))
                return outcome;

            // The rejected token came back. If the flight did not know of the rejection, one that does may fare better.
            if (string.Equals(flight.RejectedToken, terms.RejectedToken, StringComparison.Ordinal))
                return new FetchOutcome(SlotTerms.RejectedAgain(outcome.Entry!));
        }
    }

    /// <summary>Claims the renewal of a stale entry. True for one caller only, who must see to it and then call <see cref="ReleaseRefresh"/>.</summary>
    public bool TryClaimRefresh(DateTimeOffset now)
    {
        if (IsRefreshing || now.UtcTicks < Volatile.Read(ref _nextRefresh))
            return false;
        lock (_gate)
        {
            if (_refreshing != 0 || _flight is not null || now.UtcTicks < _nextRefresh)
                return false;
            _refreshing = 1;
            return true;
        }
    }

    public void ReleaseRefresh() => Volatile.Write(ref _refreshing, 0);

    /// <summary>Asks the endpoint ahead of the expiry, unless somebody is asking already; then the outcome is empty.</summary>
    public async ValueTask<FetchOutcome> RefreshAsync(TokenFetch fetch, SlotTerms slot)
    {
        Flight flight;
        lock (_gate)
        {
            if (_flight is not null)
                return default;
            flight = _flight = new Flight(AcquisitionReason.RefreshAhead, rejectedToken: null, slot);
        }

        return await flight.RunAsync(async: true, fetch, this, slot).ConfigureAwait(false);
    }

    /// <summary>Puts the next renewal off after one that failed before it got to the endpoint of this slot.</summary>
    public void PostponeRefresh(TimeSpan? retryAfter, SlotTerms slot)
    {
        lock (_gate)
            PostponeRefresh(_entry, slot.Clock.Now, retryAfter, slot);
    }

    /// <summary>Whether somebody is asking the endpoint.</summary>
    public bool IsBusy => Volatile.Read(ref _flight) is not null;

    /// <summary>Forgets the token, and what a flight may still bring, because the cache drops the slot: nobody could make it forget that later.</summary>
    public void Evict()
    {
        lock (_gate)
        {
            _evicted = true;
            Volatile.Write(ref _entry, null);
        }
    }

    /// <summary>Ends a flight: publishes its token, or remembers its failure.</summary>
    internal FetchOutcome Complete(Flight flight, FetchResult result, SlotTerms slot)
    {
        lock (_gate)
        {
            var now = slot.Clock.Now;
            var previous = _entry;
            _flight = null;

            if (result.Failure is { } failure)
            {
                PostponeRefresh(previous, now, failure.RetryAfter, slot);

                // What failed in the background is nobody's answer yet.
                if (flight.Reason != AcquisitionReason.RefreshAhead)
                    Remember(failure, now, slot);
                return new FetchOutcome(failure);
            }

            _failure = null;
            var entry = result.Entry!;
            if (previous is not null && string.Equals(previous.Token, entry.Token, StringComparison.Ordinal))
            {
                // The platform's own cache answered. Ask again later, not at each call.
                PostponeRefresh(previous, now, retryAfter: null, slot);
                if (previous.ServedUntil > now)
                    return new FetchOutcome(previous, TokenOrigin.EndpointUnchanged, flight.Reason);
            }
            else
            {
                _nextRefresh = 0;
            }

            if (!_evicted)
                Volatile.Write(ref _entry, entry);
            var origin = previous is not null && string.Equals(previous.Token, entry.Token, StringComparison.Ordinal)
                ? TokenOrigin.EndpointUnchanged
                : TokenOrigin.Endpoint;
            return new FetchOutcome(entry, origin, flight.Reason);
        }
    }

    /// <summary>Ends a flight that a defect brought down.</summary>
    internal void Abandon(Flight flight)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_flight, flight))
                _flight = null;
        }
    }

    private FetchOutcome? Join(AcquisitionTerms terms, SlotTerms slot, bool stays, out Flight? flight, out bool leads)
    {
        flight = null;
        leads = false;
        lock (_gate)
        {
            if (Answer(terms, slot) is { } known)
                return known;

            flight = _flight;
            if (flight is null)
            {
                leads = true;
                flight = _flight = new Flight(Reason(terms, _entry), terms.RejectedToken, slot);
            }

            if (!leads || !stays)
                flight.Announce();
            return null;
        }
    }

    // What is known without asking the endpoint: the token, or the failure that is remembered.
    private FetchOutcome? Answer(AcquisitionTerms terms, SlotTerms slot)
    {
        lock (_gate)
        {
            var state = _entry is null ? EntryState.Invalid : slot.Clock.Check(_entry);
            if (!terms.Force && state != EntryState.Invalid && !IsRejected(_entry!, terms))
                return new FetchOutcome(_entry!, TokenOrigin.Cache, state == EntryState.Stale ? AcquisitionReason.RefreshAhead : AcquisitionReason.None);
            return terms.IsPlain && _failure is not null && slot.Clock.Now < _failureUntil
                ? LastResort(terms, slot) ?? new FetchOutcome(_failure)
                : null;
        }
    }

    // A token that is no longer handed out, since its end is near, still lives; no new one can be had.
    private FetchOutcome? LastResort(AcquisitionTerms terms, SlotTerms slot) =>
        terms.IsPlain && Entry is { } entry && slot.Clock.Now < entry.ExpiresOn
            ? new FetchOutcome(entry, TokenOrigin.Cache, AcquisitionReason.Expired)
            : null;

    private static bool IsRejected(TokenEntry entry, AcquisitionTerms terms) =>
        terms.RejectedToken is not null && string.Equals(entry.Token, terms.RejectedToken, StringComparison.Ordinal);

    private static AcquisitionReason Reason(AcquisitionTerms terms, TokenEntry? entry) =>
        !terms.IsPlain ? AcquisitionReason.ForcedOrClaims
        : entry is null ? AcquisitionReason.NoCachedToken
        : AcquisitionReason.Expired;

    private void Remember(TokenFailure failure, DateTimeOffset now, SlotTerms slot)
    {
        var memory = slot.MemoryOf(failure);
        _failure = memory > TimeSpan.Zero ? failure : null;
        _failureUntil = now + memory;
    }

    private void PostponeRefresh(TokenEntry? entry, DateTimeOffset now, TimeSpan? retryAfter, SlotTerms slot)
    {
        if (entry is not null)
            _nextRefresh = (now + RefreshSchedule.BackOff(entry.ServedUntil - now, retryAfter, slot.Random())).UtcTicks;
    }
}
