namespace Keyless.Emulator.Faults;

/// <summary>Keeps one host's requests within a <see cref="RateLimit"/>.</summary>
internal sealed class RateLimiter(RateLimit limit, TimeProvider clock)
{
    public const string FaultName = "rate-limit";

    private readonly object _gate = new();
    private readonly Queue<long> _lastSecond = [];
    private int _running;

    /// <summary>Lets a request in, which must then <see cref="Leave"/>.</summary>
    /// <returns>False: it is one too many.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            while (_lastSecond.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= TimeSpan.FromSeconds(1))
                _lastSecond.Dequeue();
            if (_running >= limit.Concurrent || _lastSecond.Count >= limit.PerSecond)
                return false;

            _running++;
            _lastSecond.Enqueue(clock.GetTimestamp());
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
            _running--;
    }
}
