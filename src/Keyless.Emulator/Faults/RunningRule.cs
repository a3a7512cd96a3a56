namespace Keyless.Emulator.Faults;

/// <summary>A rule of a plan, with what it has seen.</summary>
internal sealed class RunningRule(FaultRule rule, DateTimeOffset addedAt, Random random)
{
    private int _seen;

    public FaultRule Rule => rule;

    public Random Random => random;

    /// <summary>Counts a request that the rule is about, and says whether the rule fires.</summary>
    public bool Fires(DateTimeOffset now, DateTimeOffset startedAt, ScenarioState state) =>
        rule.When.IsOpen(now - addedAt, now - startedAt, now - state.Since, state.Name) && rule.When.Chooses(++_seen, random);
}
