using System.Globalization;

namespace Keyless.Emulator.Endpoints;

/// <summary>Versions of an API that are dates. A platform that has newer ones takes the older ones as well.</summary>
internal static class DatedVersion
{
    /// <summary>Whether a version is a date, and no earlier one than the oldest version.</summary>
    public static bool IsFrom(string oldest, string version) =>
        DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && string.CompareOrdinal(version, oldest) >= 0;
}
