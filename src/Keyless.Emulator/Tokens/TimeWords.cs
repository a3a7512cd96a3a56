using System.Globalization;

namespace Keyless.Emulator.Tokens;

/// <summary>Times for people, the same in every culture and time zone. The tool has this file too.</summary>
internal static class TimeWords
{
    /// <summary>Such as <c>2026-03-15 09:26:53Z</c>.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>in 23 h 59 min</c> or <c>2 d 4 h ago</c>.</summary>
    public static string Relative(DateTimeOffset time, DateTimeOffset now)
    {
        var ahead = time - now;
        return ahead >= TimeSpan.Zero ? $"in {Length(ahead)}" : $"{Length(-ahead)} ago";
    }

    /// <summary>The two largest units of a duration, such as <c>23 h 59 min</c>.</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => TwoUnits(time.Days, "d", time.Hours, "h"),
        { TotalHours: >= 1 } => TwoUnits((int)time.TotalHours, "h", time.Minutes, "min"),
        { TotalMinutes: >= 1 } => TwoUnits(time.Minutes, "min", time.Seconds, "s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s"),
    };

    private static string TwoUnits(int large, string largeUnit, int small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");
}
