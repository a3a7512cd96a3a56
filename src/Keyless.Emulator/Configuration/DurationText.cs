using System.Buffers;
using System.Globalization;

namespace Keyless.Emulator.Configuration;

/// <summary>Durations as people write them: a number and a unit, such as <c>90m</c> or <c>1.5h</c>.</summary>
internal static class DurationText
{
    public const string Advice = "Give a number and a unit (ms, s, m, h or d), such as \"90s\", \"1.5h\" or \"1d\".";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static bool TryRead(string text, out TimeSpan duration)
    {
        duration = default;
        var unitAt = text.AsSpan().IndexOfAnyExcept(Digits);
        if (unitAt <= 0 || UnitOf(text.AsSpan(unitAt)) is not { } unit)
            return false;
        if (!double.TryParse(text.AsSpan(0, unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;

        var ticks = number * unit.Ticks;
        if (ticks >= TimeSpan.MaxValue.Ticks)
            return false;
        duration = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    private static TimeSpan? UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        "d" => TimeSpan.FromDays(1),
        _ => null,
    };
}
