using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>When an assertion is valid.</summary>
internal static class AssertionTime
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static EntraError? FindFault(ParsedToken assertion, DateTimeOffset now)
    {
        if (assertion.Time("exp") is not { } expiry)
            return EntraErrors.AssertionOutOfTime("It has no exp.");
        if (now - Tolerance >= expiry)
            return EntraErrors.AssertionOutOfTime($"It expired on {TimeWords.Utc(expiry)}; now it is {TimeWords.Utc(now)}.");
        return assertion.Time("nbf") is { } start && now < start - Tolerance
            ? EntraErrors.AssertionOutOfTime($"It is valid from {TimeWords.Utc(start)}; now it is {TimeWords.Utc(now)}.")
            : null;
    }
}
