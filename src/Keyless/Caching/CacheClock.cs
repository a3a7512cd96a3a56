namespace Keyless.Caching;

/// <summary>
/// Tells whether an entry is fresh: by the cheap tick counter on a hit, by the wall clock once a second. Tokens expire in wall
/// time, while the tick counter may stand still when the machine sleeps; a machine that wakes is therefore put right within a second.
/// </summary>
internal sealed class CacheClock(TimeProvider time)
{
    private const long WallCheckInterval = 1000;

    private readonly TimeProvider _time = time;
    private readonly bool _isSystem = ReferenceEquals(time, TimeProvider.System);

    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The hit path: nothing allocated, nothing written. False means "look again", by <see cref="Check"/>.</summary>
    public bool IsFresh(TokenEntry entry) => _isSystem
        ? Environment.TickCount64 < Volatile.Read(ref entry.FastUntil)
        : _time.GetUtcNow() < entry.RefreshOn;

    /// <summary>The state by the wall clock; a fresh entry is marked so that the hit path will do for the next second.</summary>
    public EntryState Check(TokenEntry entry)
    {
        var now = Now;
        if (now >= entry.ServedUntil)
            return EntryState.Invalid;
        if (now >= entry.RefreshOn)
            return EntryState.Stale;

        if (_isSystem)
            Volatile.Write(ref entry.FastUntil, FastUntil(Environment.TickCount64, entry.RefreshOn - now));
        return EntryState.Fresh;
    }

    /// <summary>The tick until which the hit path may trust an entry that has this long to go.</summary>
    internal static long FastUntil(long tick, TimeSpan untilRefresh) =>
        tick + Math.Min(WallCheckInterval, (long)untilRefresh.TotalMilliseconds);
}
