namespace Keyless.Emulator.Faults;

/// <summary>When a rule fires, of the requests that it is about: when all that is given here holds.</summary>
/// <remarks>
/// Time and state are looked at first. The requests that are left are counted, from 1, and <see cref="First"/>, <see cref="Every"/> and
/// <see cref="Probability"/> choose among them.
/// </remarks>
public sealed record FaultWhen
{
    /// <summary>For the first requests only. At least 1.</summary>
    /// <value>Default: null, for all.</value>
    public int? First { get; init; }

    /// <summary>For every n-th request. At least 1.</summary>
    /// <value>Default: null, for each.</value>
    public int? Every { get; init; }

    /// <summary>How likely it is, from 0 to 1. The emulator's seed decides: the same seed, the same sequence.</summary>
    /// <value>Default: null, certain.</value>
    public double? Probability { get; init; }

    /// <summary>Not before this time has passed by the emulator's clock.</summary>
    /// <value>Default: null, from the beginning.</value>
    public TimeSpan? After { get; init; }

    /// <summary>Not once this time has passed by the emulator's clock.</summary>
    /// <value>Default: null, without end.</value>
    public TimeSpan? Until { get; init; }

    /// <summary>What <see cref="After"/> and <see cref="Until"/> are counted from.</summary>
    /// <value>Default: <see cref="FaultEpoch.RuleAdded"/>.</value>
    public FaultEpoch Since { get; init; }

    /// <summary>While the plan is in this state (<see cref="FaultPlan.State"/>), exactly as written.</summary>
    /// <value>Default: null, in any.</value>
    public string? State { get; init; }

    internal bool IsOpen(TimeSpan sinceRule, TimeSpan sinceStart, TimeSpan sinceState, string? state)
    {
        var elapsed = Since switch
        {
            FaultEpoch.RuleAdded => sinceRule,
            FaultEpoch.EmulatorStart => sinceStart,
            _ => sinceState,
        };
        return (After is null || elapsed >= After) && (Until is null || elapsed < Until) && (State is null || State == state);
    }

    /// <param name="number">The request's number among those that the rule was open for.</param>
    /// <param name="random">The rule's own randomness.</param>
    internal bool Chooses(int number, Random random) =>
        (First is null || number <= First)
        && (Every is null || number % Every == 0)
        && (Probability is null || random.NextDouble() < Probability);

    /// <exception cref="EmulatorException">A value is out of its range.</exception>
    internal void Validate(string rule)
    {
        Require(First is null or >= 1, nameof(First), $"is {First}. Give at least 1.");
        Require(Every is null or >= 1, nameof(Every), $"is {Every}. Give at least 1.");
        Require(Probability is null or (>= 0 and <= 1), nameof(Probability), $"is {Probability}. Give a number from 0 to 1.");
        Require(Until is null || After is null || Until > After, nameof(Until), "is not later than After, so that it never fires.");

        void Require(bool condition, string member, string text)
        {
            if (!condition)
                throw new EmulatorException($"Fault rule '{rule}': {nameof(FaultRule.When)}.{member} {text}");
        }
    }
}

/// <summary>What the time of a rule is counted from.</summary>
public enum FaultEpoch
{
    /// <summary>The moment at which the rule was added.</summary>
    RuleAdded,

    /// <summary>The moment at which the emulator was started.</summary>
    EmulatorStart,

    /// <summary>The moment at which the plan came into the state that it is in.</summary>
    StateEntered,
}
