using System.Collections.Concurrent;

namespace Keyless.Acquisition;

/// <summary>The handles of one client, by the text that callers give. Bounded: a caller that invents resources can't fill the memory.</summary>
internal sealed class ResourceDirectory(TokenAcquirer acquirer, int capacity)
{
    private readonly ConcurrentDictionary<string, ResourceTokens> _resources = new(StringComparer.Ordinal);

    // Counting a concurrent dictionary takes its locks, so it is counted beside it; being off by a few does not matter.
    private int _count;
    private ResourceTokens? _recent;

    /// <summary>One that was asked for lately. Set where the wall clock is looked at, once a second, so that a hit writes nothing that others read.</summary>
    public ResourceTokens? Recent
    {
        get => Volatile.Read(ref _recent);
        set => Volatile.Write(ref _recent, value);
    }

    public ResourceTokens Find(string given) => _resources.TryGetValue(given, out var tokens) ? tokens : Add(given);

    private ResourceTokens Add(string given)
    {
        // Throws for what is no resource, which therefore takes no place.
        var tokens = new ResourceTokens(acquirer, given);
        if (Interlocked.Increment(ref _count) > capacity)
        {
            // The tokens stay in the cache; only the way to them is found anew.
            _resources.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        return _resources.GetOrAdd(given, tokens);
    }
}
