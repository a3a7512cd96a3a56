using System.Collections.Concurrent;

namespace Keyless.Caching;

/// <summary>Endpoints that have said "not before": new flights to them wait, whatever token they are for.</summary>
internal sealed class EndpointGates
{
    // A host may err, or be a stranger: after this long one request finds out.
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.Ordinal);

    public void Close(string endpoint, DateTimeOffset now, TimeSpan pause)
    {
        var until = now + (pause < Longest ? pause : Longest);
        _closedUntil.AddOrUpdate(endpoint, static (_, until) => until, static (_, old, until) => old > until ? old : until, until);
    }

    /// <summary>How long the endpoint wants to be left alone.</summary>
    public TimeSpan Remaining(string endpoint, DateTimeOffset now)
    {
        if (!_closedUntil.TryGetValue(endpoint, out var until))
            return TimeSpan.Zero;
        if (until > now)
            return until - now;
        _closedUntil.TryRemove(new(endpoint, until));
        return TimeSpan.Zero;
    }
}
