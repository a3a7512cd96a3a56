namespace Keyless.Emulator.Faults;

/// <summary>How many token requests a host of IMDS answers; the others are refused with 429.</summary>
public sealed record RateLimit
{
    /// <summary>How many within any second, by the emulator's clock. At least 1.</summary>
    /// <value>Default: 20, as the real service has it.</value>
    public int PerSecond { get; init; } = 20;

    /// <summary>How many at once. At least 1.</summary>
    /// <value>Default: 5, as the real service has it.</value>
    public int Concurrent { get; init; } = 5;
}
