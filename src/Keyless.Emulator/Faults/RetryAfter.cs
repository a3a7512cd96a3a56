using System.Globalization;

namespace Keyless.Emulator.Faults;

/// <summary>A <c>Retry-After</c> header, in a form that the standard knows or in none.</summary>
public sealed record RetryAfter
{
    private RetryAfter()
    {
    }

    /// <summary>A number of seconds, or how far off the date is. Null: literal text.</summary>
    internal TimeSpan? Time { get; private init; }

    internal bool IsDate { get; private init; }

    internal string? Literal { get; private init; }

    /// <summary>A number of seconds.</summary>
    /// <param name="time">The time; fractions of a second are rounded up.</param>
    public static RetryAfter Seconds(TimeSpan time) => new() { Time = time };

    /// <summary>A date, reckoned when the answer is made, by the clock that tokens go by too (<see cref="EmulatorOptions.TokenTimes"/>).</summary>
    /// <param name="fromNow">How far ahead; negative for a date in the past.</param>
    public static RetryAfter Date(TimeSpan fromNow) => new() { Time = fromNow, IsDate = true };

    /// <summary>Any text, such as one that means nothing or a number that is far too large.</summary>
    /// <param name="text">The header's value, without control characters.</param>
    /// <exception cref="ArgumentException">It has a control character.</exception>
    public static RetryAfter Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!HeaderText.IsValid(text))
            throw new ArgumentException("A header's value is ASCII without control characters.", nameof(text));
        return new() { Literal = text };
    }

    internal string ValueAt(DateTimeOffset now) => this switch
    {
        { Literal: { } text } => text,
        { IsDate: true, Time: { } time } => (now + time).ToString("R", CultureInfo.InvariantCulture),
        _ => Math.Ceiling(Time!.Value.TotalSeconds).ToString("0", CultureInfo.InvariantCulture),
    };
}
