using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.Faults;

/// <summary>Counts the requests for one thing since the last that succeeded: as a server sees it, a client's attempts.</summary>
internal sealed class AttemptCounter
{
    private const int Capacity = 1024;

    private readonly object _gate = new();
    private readonly Dictionary<(Leg Leg, Guid? Identity, string? Resource), int> _attempts = [];

    /// <summary>Counts a request.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Begin(RequestFacts facts)
    {
        lock (_gate)
        {
            if (_attempts.Count >= Capacity)
                _attempts.Clear();
            return _attempts[KeyOf(facts)] = _attempts.GetValueOrDefault(KeyOf(facts)) + 1;
        }
    }

    public void Succeed(RequestFacts facts)
    {
        lock (_gate)
            _attempts.Remove(KeyOf(facts));
    }

    private static (Leg Leg, Guid? Identity, string? Resource) KeyOf(RequestFacts facts) =>
        (facts.Leg, facts.Identity?.ObjectId, facts.Resource);
}
