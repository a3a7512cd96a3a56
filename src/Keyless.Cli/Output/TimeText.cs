using System.Globalization;
using Keyless.Emulator.Tokens;

namespace Keyless.Cli.Output;

/// <summary>Times and durations for people, the same in every culture and time zone.</summary>
internal static class TimeText
{
    /// <summary>Such as <c>2026-03-15 09:26:53Z</c>.</summary>
    public static string Utc(DateTimeOffset time) => TimeWords.Utc(time);

    /// <summary>Such as <c>Mar 15 09:26</c>, where room is scarce.</summary>
    public static string Short(DateTimeOffset time) => time.UtcDateTime.ToString("MMM dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>2026-03-15T09:26:53Z</c>, for programs.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>in 23 h 59 min</c> or <c>2 d 4 h ago</c>.</summary>
    public static string Relative(DateTimeOffset time, DateTimeOffset now) => TimeWords.Relative(time, now);

    /// <summary>The two largest units of a duration, such as <c>23 h 59 min</c>.</summary>
    public static string Length(TimeSpan time) => TimeWords.Length(time);

    /// <summary>The same to the nearest second, whichever way it goes.</summary>
    public static string RoundLength(TimeSpan time) => Length(TimeSpan.FromSeconds(Math.Round(time.Duration().TotalSeconds)));

    /// <summary>A measured duration with three digits, such as <c>12.3 ms</c> or <c>18.4 ns</c>.</summary>
    public static string Measured(TimeSpan time) => MeasuredNanoseconds(time.TotalNanoseconds);

    /// <inheritdoc cref="Measured"/>
    public static string MeasuredNanoseconds(double nanoseconds) => nanoseconds switch
    {
        >= 1e9 => Digits(nanoseconds / 1e9, "s"),
        >= 1e6 => Digits(nanoseconds / 1e6, "ms"),
        >= 1e3 => Digits(nanoseconds / 1e3, "us"),
        0 => "0 s",
        _ => Digits(nanoseconds, "ns"),
    };

    private static string Digits(double value, string unit) =>
        $"{value.ToString(value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00", CultureInfo.InvariantCulture)} {unit}";
}
