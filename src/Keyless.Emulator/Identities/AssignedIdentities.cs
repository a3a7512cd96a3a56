namespace Keyless.Emulator.Identities;

/// <summary>The identities that a host has, and since when. A new one is not found at once: Azure takes its time to tell every host.</summary>
/// <param name="initial">What it has from the start, which is found at once.</param>
/// <param name="clock">The emulator's clock.</param>
internal sealed class AssignedIdentities(IReadOnlyList<EmulatedIdentity> initial, TimeProvider clock)
{
    private readonly object _gate = new();
    private volatile Assignment[] _assignments = [.. initial.Select(identity => new Assignment(identity, DateTimeOffset.MinValue))];
    private long _delay;

    /// <summary>How long a new one is not found.</summary>
    public TimeSpan Delay
    {
        get => new(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    /// <summary>All of them, the host's own first.</summary>
    public IReadOnlyList<EmulatedIdentity> All => [.. _assignments.Select(assignment => assignment.Identity)];

    /// <summary>Those that are found by now.</summary>
    public IReadOnlyList<EmulatedIdentity> InEffect()
    {
        var now = clock.GetUtcNow();
        return [.. _assignments.Where(assignment => assignment.FoundFrom <= now).Select(assignment => assignment.Identity)];
    }

    /// <summary>Adds an identity; it may be there already.</summary>
    public void Add(EmulatedIdentity identity)
    {
        var assignment = new Assignment(identity, Delay == TimeSpan.Zero ? DateTimeOffset.MinValue : clock.GetUtcNow() + Delay);
        lock (_gate)
        {
            if (!_assignments.Any(other => other.Identity == identity))
                _assignments = identity.IsSystemAssigned ? [assignment, .. _assignments] : [.. _assignments, assignment];
        }
    }

    /// <returns>False: there was none.</returns>
    public bool Remove(Func<EmulatedIdentity, bool> predicate)
    {
        lock (_gate)
        {
            var left = Array.FindAll(_assignments, assignment => !predicate(assignment.Identity));
            var removed = left.Length < _assignments.Length;
            _assignments = left;
            return removed;
        }
    }

    private sealed record Assignment(EmulatedIdentity Identity, DateTimeOffset FoundFrom);
}
