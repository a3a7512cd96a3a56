using System.Buffers;
using System.CommandLine;
using System.Globalization;

namespace Keyless.Cli.Options;

/// <summary>Options that take a time with its unit, such as <c>500ms</c>, <c>5s</c>, <c>2m</c> or <c>1.5h</c>.</summary>
internal static class DurationOption
{
    private const string Advice = "Give a number and a unit (ms, s, m or h), such as 500ms, 5s, 2m or 1.5h.";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static Option<TimeSpan?> Make(string name, string description, TimeSpan least, TimeSpan most) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!TryRead(text, out var time))
                result.AddError($"{name} does not understand '{text}'. {Advice}");
            else if (time < least || time > most)
                result.AddError($"{name} is {text}, but must be from {Write(least)} to {Write(most)}.");
            return time;
        },
    };

    internal static bool TryRead(string text, out TimeSpan time)
    {
        time = default;
        var digits = text.AsSpan().IndexOfAnyExcept(Digits);
        if (digits <= 0 || UnitOf(text.AsSpan(digits)) is not { } unit)
            return false;
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;

        var ticks = number * unit.Ticks;
        if (ticks >= TimeSpan.MaxValue.Ticks)
            return false;
        time = TimeSpan.FromTicks((long)Math.Round(ticks));
        return true;
    }

    private static TimeSpan? UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => null,
    };

    private static string Write(TimeSpan time) => FormattableString.Invariant(time switch
    {
        { TotalHours: >= 1 } => $"{time.TotalHours:0.#}h",
        { TotalMinutes: >= 1 } => $"{time.TotalMinutes:0.#}m",
        { TotalSeconds: >= 1 } => $"{time.TotalSeconds:0.#}s",
        _ => (FormattableString)$"{time.TotalMilliseconds:0.#}ms",
    });
}
