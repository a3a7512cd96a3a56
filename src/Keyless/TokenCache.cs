using System.Collections.Concurrent;
using Keyless.Caching;

namespace Keyless;

/// <summary>Tokens by source endpoint, identity and resource. Clients that share one share their tokens and their requests.</summary>
/// <remarks>In memory only: a cache that outlived or left the machine could hand its tokens to another. Thread-safe.</remarks>
public sealed class TokenCache
{
    private const int DefaultCapacity = 10_000;

    // Of how many places the one that expires first gives way to a new one: a look at all of them would be a pause.
    private const int Looks = 16;

    private readonly ConcurrentDictionary<TokenKey, TokenSlot> _slots = new();
    private readonly object _sweep = new();
    private readonly int _capacity;

    // Counting a concurrent dictionary takes all of its locks.
    private int _count;
    private IEnumerator<KeyValuePair<TokenKey, TokenSlot>>? _hand;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">How many tokens are kept. For one more, a few others are looked at: the expired ones are dropped, or else the one that expires first. The default is 10,000.</param>
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

        if (Volatile.Read(ref _count) >= _capacity)
            MakeRoom(now);

        var made = new TokenSlot(key);
        slot = _slots.GetOrAdd(key, made);
        if (ReferenceEquals(slot, made))
            Interlocked.Increment(ref _count);
        return slot;
    }

    // Goes round like the hand of a clock, a little further with each place that is wanted.
    private void MakeRoom(DateTimeOffset now)
    {
        lock (_sweep)
        {
            KeyValuePair<TokenKey, DateTimeOffset>? first = null;
            for (var looks = 0; looks < Looks && Next() is var (key, slot); looks++)
            {
                if (slot.IsBusy)
                    continue;

                var until = slot.Entry?.ServedUntil ?? DateTimeOffset.MinValue;
                if (until <= now)
                    Drop(key);
                else if (first is null || until < first.Value.Value)
                    first = new(key, until);
            }

            if (first is { } one && Volatile.Read(ref _count) >= _capacity)
                Drop(one.Key);
        }
    }

    private KeyValuePair<TokenKey, TokenSlot>? Next()
    {
        if (_hand?.MoveNext() != true)
        {
            _hand = _slots.GetEnumerator();
            if (!_hand.MoveNext())
                return null;
        }

        return _hand.Current;
    }

    private void Drop(TokenKey key)
    {
        if (!_slots.TryRemove(key, out var slot))
            return;
        Interlocked.Decrement(ref _count);
        slot.Evict();
    }
}
