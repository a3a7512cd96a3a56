using Keyless.Caching;
using Keyless.Pipeline;

namespace Keyless.FleetSimulation;

/// <summary>What the tokens of one node have in common: one process with one client.</summary>
internal sealed class KeylessNode(KeylessFleet fleet, int index, Scenario scenario)
{
    private const string Endpoint = "http://169.254.169.254";

    // Those of a client with default options.
    private static readonly TimeLimits Limits = new(chosen: null, new ManagedIdentityOptions().AttemptTimeout);

    private readonly Draws? _draws = scenario.Jitter ? new Draws(scenario.Seed, index, DrawsFor.Client) : null;
    private readonly EndpointGates _gates = new();
    private SlotTerms? _terms;

    /// <summary>IMDS, which nothing announces.</summary>
    public static bool IsAnnounced => false;

    public static TimeSpan FirstBudget => Limits.Initially(IsAnnounced);

    public KeylessFleet Fleet => fleet;

    public SlotTerms Terms => _terms ??=
        new SlotTerms(fleet.Clock, fleet.Time, Draw, new ManagedIdentityOptions().FailureMemory, Limits.Longest);

    public double Draw() => _draws?.Next() ?? 0.5;

    public void CloseGate(TimeSpan pause) => _gates.Close(Endpoint, fleet.Time.GetUtcNow(), pause);

    public TimeSpan GateClosedFor() => _gates.Remaining(Endpoint, fleet.Time.GetUtcNow());
}
