using System.Collections.Concurrent;
using Keyless.Caching;

namespace Keyless;

/// <summary>Tokens by source endpoint, identity and resource. Clients that share one share their tokens and their requests.</summary>
/// <remarks>In memory only: a cache that outlived or left the machine could hand its tokens to another. Thread-safe.</remarks>
public sealed class TokenCache
{
    private const int DefaultCapacity = 10_000;

    private readonly ConcurrentDictionary<TokenKey, TokenSlot> _slots = new();
    private readonly int _capacity;
    private int _sweeping;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">How many tokens are kept; beyond it the expired ones are dropped, then those that expire first. The default is 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive.</exception>
    public TokenCache(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
    }

    /// <summary>The process's one cache, which clients use unless told otherwise.</summary>
    public static TokenCache Shared { get; } = new();

    /// <summary>How many tokens have a place in the cache.</summary>
    public int Count => _slots.Count;

    internal int Capacity => _capacity;

    internal EndpointGates Gates { get; } = new();

    /// <summary>Drops all tokens. Requests under way are not stopped; what they bring is handed to those who wait for it.</summary>
    public void Clear()
    {
        foreach (var key in _slots.Keys)
            Drop(key);
    }

    /// <summary>Says how many tokens there are, not which.</summary>
    public override string ToString() => FormattableString.Invariant($"{Count} of at most {_capacity} tokens");

    internal TokenSlot GetSlot(TokenKey key, DateTimeOffset now)
    {
        if (_slots.TryGetValue(key, out var slot))
            return slot;

        if (_slots.Count >= _capacity)
            Sweep(now);
        return _slots.GetOrAdd(key, static key => new TokenSlot(key));
    }

    private void Sweep(DateTimeOffset now)
    {
        if (Interlocked.Exchange(ref _sweeping, 1) != 0)
            return;
        try
        {
            // An eighth at a time, so that a caller that invents resources does not pay for a sweep at each call.
            var target = Math.Max(_capacity - Math.Max(_capacity / 8, 1), 0);
            var byExpiry = _slots
                .Where(static pair => !pair.Value.IsBusy)
                .Select(static pair => (pair.Key, Until: pair.Value.Entry?.ServedUntil ?? DateTimeOffset.MinValue))
                .ToList();
            byExpiry.Sort(static (a, b) => a.Until.CompareTo(b.Until));
            foreach (var (key, until) in byExpiry)
            {
                if (until > now && _slots.Count <= target)
                    break;
                Drop(key);
            }
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }

    private void Drop(TokenKey key)
    {
        if (_slots.TryRemove(key, out var slot))
            slot.Evict();
    }
}
