namespace Keyless.FleetSimulation;

/// <summary>The clock that the simulated clients read. It has no timers: what they would wait for is an event.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    /// <summary>When simulations start; a whole second.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ticks from the start.</summary>
    public long Ticks { get; set; }

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("Nothing in the simulation waits on a timer.");
}
