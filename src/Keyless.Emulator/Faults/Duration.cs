using System.Globalization;

namespace Keyless.Emulator.Faults;

/// <summary>Times as text, such as <c>250ms</c>, <c>2s</c>, <c>1.5m</c>, <c>24h</c>, <c>7d</c> and <c>-60s</c>.</summary>
internal static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads a time. Null: the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var letters = text.Length - text.AsSpan().TrimEnd("dhms").Length;
        var unit = Array.Find(Units, unit => unit.Unit == text[^letters..]).Length;
        var isNumber = decimal.TryParse(
            text.AsSpan(0, text.Length - letters),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number);
        return isNumber && unit > TimeSpan.Zero && Math.Abs(number * unit.Ticks) < long.MaxValue
            ? TimeSpan.FromTicks((long)(number * unit.Ticks))
            : null;
    }

    /// <summary>Writes a time in the largest unit of which it is a whole number.</summary>
    public static string Text(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
            return "0s";
        var (unit, length) = Array.Find(Units, unit => time.Ticks % unit.Length.Ticks == 0);
        return length > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / length.Ticks}{unit}")
            : string.Create(CultureInfo.InvariantCulture, $"{(decimal)time.Ticks / TimeSpan.TicksPerMillisecond}ms");
    }
}
