using System.Globalization;

namespace Keyless.Pipeline;

/// <summary>Reads when a token expires, in every form that hosts have been seen to send, the same in every culture.</summary>
/// <remarks>
/// Seconds since 1970 as text or number; seconds from now, where the number is too small for a date after 2000; US dates with and without
/// AM/PM; ISO 8601 and its form with a space. A date without a zone is UTC.
/// </remarks>
internal static class Expiry
{
    // 1 January 2001. A smaller number can't be an absolute time of a token that is handed out today.
    private const long LeastAbsolute = 978_307_200;

    private static readonly string[] DateForms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz",
        "M/d/yyyy h:mm:ss tt zzz",
        "M/d/yyyy H:mm:ss zzz",
        "M/d/yyyy h:mm:ss tt",
        "M/d/yyyy H:mm:ss",
    ];

    /// <summary>The instant, preferring <c>expires_on</c>, or null if neither value can be read.</summary>
    public static DateTimeOffset? Read(string? expiresOn, string? expiresIn, DateTimeOffset now) =>
        ReadAbsolute(expiresOn, now) ?? ReadSeconds(expiresIn) switch
        {
            { } seconds => Add(now, seconds),
            null => null,
        };

    /// <summary>A duration in seconds.</summary>
    public static TimeSpan? ReadDuration(string? text) =>
        ReadSeconds(text) is { } seconds and > 0 and < 10 * 365 * 86_400.0 ? TimeSpan.FromSeconds(seconds) : null;

    private static DateTimeOffset? ReadAbsolute(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (ReadSeconds(text) is { } seconds)
            return seconds < LeastAbsolute ? Add(now, seconds) : Add(DateTimeOffset.UnixEpoch, seconds);
        return DateTimeOffset.TryParseExact(
            text.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;
    }

    private static double? ReadSeconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) ? Math.Truncate(seconds) : null;

    // Saturates: what lies outside the calendar is judged by the same rules as what lies at its ends.
    private static DateTimeOffset Add(DateTimeOffset start, double seconds)
    {
        var most = (DateTimeOffset.MaxValue - start).TotalSeconds - 1;
        var least = (DateTimeOffset.MinValue - start).TotalSeconds + 1;
        return start.AddSeconds(Math.Clamp(seconds, least, most));
    }
}
