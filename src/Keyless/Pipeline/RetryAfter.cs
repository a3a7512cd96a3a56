using System.Globalization;
using System.Text;

namespace Keyless.Pipeline;

/// <summary>Reads how long a host wants to be left alone: the <c>Retry-After</c> header in both forms, and Service Fabric's words.</summary>
internal static class RetryAfter
{
    private const double SecondsOfADay = 86_400;

    // The date of HTTP and its two obsolete forms.
    private static readonly string[] DateForms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The pause, or null if the value says nothing usable. A date that has passed is no pause; more than a day is taken for a day.</summary>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(header))
            return null;
        var text = header.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? FromSeconds((date - now).TotalSeconds)
            : null;
    }

    /// <summary>Service Fabric throttles in plain text; the number before "s" or "sec…" that follows "retry after" is the pause.</summary>
    public static TimeSpan? ReadText(ReadOnlySpan<byte> body)
    {
        const string Words = "retry after";
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 1024)]);
        var start = text.IndexOf(Words, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;

        var rest = text.AsSpan(start + Words.Length).TrimStart(" :=");
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        var number = digits < 0 ? rest : rest[..digits];
        return number.Length is > 0 and <= 6 && (digits < 0 || rest[digits..].TrimStart().StartsWith("s", StringComparison.OrdinalIgnoreCase) || rest[digits..].IsWhiteSpace())
            ? FromSeconds(int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))
            : null;
    }

    // More than a day is not believed, and a time span could not even hold some of it.
    private static TimeSpan? FromSeconds(double seconds) =>
        double.IsFinite(seconds) && seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, SecondsOfADay)) : null;
}
