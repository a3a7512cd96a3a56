using System.Globalization;
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
        if (now >= expiry + Tolerance)
            return EntraErrors.AssertionOutOfTime($"It expired on {Show(expiry)}; now it is {Show(now)}.");
        return assertion.Time("nbf") is { } start && now < start - Tolerance
            ? EntraErrors.AssertionOutOfTime($"It is valid from {Show(start)}; now it is {Show(now)}.")
            : null;
    }

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
