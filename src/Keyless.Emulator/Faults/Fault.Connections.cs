namespace Keyless.Emulator.Faults;

/// <content>What happens below HTTP.</content>
public abstract partial record Fault
{
    /// <summary>No answer, or no end of it, until the client gives up or the emulator stops.</summary>
    /// <param name="at">Where it stops.</param>
    public static Fault Hang(HangPoint at = HangPoint.BeforeAnswer) => new HangFault(at);

    /// <summary>The host's answer, a few bytes at a time.</summary>
    /// <param name="interval">How long to wait before each portion, by the emulator's clock: from nothing to a day.</param>
    /// <param name="bytes">How many bytes a portion has. At least 1.</param>
    /// <param name="headers">Whether the headers come in portions, too.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static Fault Drip(TimeSpan interval, int bytes = 1, bool headers = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, FaultDelay.Longest);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        return new DripFault(interval, bytes, headers);
    }

    /// <summary>A connection that breaks, or stops being HTTP.</summary>
    /// <param name="at">Where and how.</param>
    public static Fault Cut(CutPoint at = CutPoint.ResetBeforeAnswer) => new CutFault(at);

    /// <summary>A connection that is wrong from its beginning. It happens to the next connection that is opened, not to a request.</summary>
    /// <param name="flaw">What is wrong.</param>
    public static Fault Connection(ConnectionFlaw flaw) => new ConnectionFault(flaw);
}
