namespace Keyless.Emulator;

/// <summary>By which clock the times in tokens go, and those beside them, where the emulator's clock has been moved.</summary>
public enum TokenTimes
{
    /// <summary>
    /// By the emulator's: for clients and validators that have <see cref="ManagedIdentityEmulator.Clock"/> as their own, as in a test's
    /// process. To any other, tokens come from the future or the past once that clock has been moved.
    /// </summary>
    Clock,

    /// <summary>
    /// By the one that the emulator's follows: for programs of their own, whose clock nobody moves. They and their validators go on accepting
    /// new tokens; only how the platform behaves, above all how long it keeps a token, goes by the emulator's clock.
    /// </summary>
    Real,
}
