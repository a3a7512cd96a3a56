namespace Keyless.Emulator.Faults;

/// <content>The host's own answer, late.</content>
public abstract partial record Fault
{
    /// <summary>The host's answer, after a fixed time by the emulator's clock. Other rules still have their turn.</summary>
    /// <param name="delay">From nothing to a day.</param>
    public static Fault Latency(TimeSpan delay) => Latency(FaultDelay.Of(delay));

    /// <summary>The host's answer, after a time that is drawn for each request. Other rules still have their turn.</summary>
    /// <param name="delay">What to draw from.</param>
    public static Fault Latency(FaultDelay delay) => new LatencyFault().After(delay);
}
