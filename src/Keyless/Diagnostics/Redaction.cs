using System.Text;
using Keyless.Sources;

namespace Keyless.Diagnostics;

/// <summary>Makes text that came from outside fit for messages: secrets and anything like a token struck out, control characters gone, length bounded.</summary>
internal static class Redaction
{
    private const int MaxCharacters = 1024;
    private const int LeastTokenCharacters = 24;

    // A JSON object in base64 begins with these letters.
    private const string TokenStart = "eyJ";
    private const string TokenName = "token";
    private const char None = '\0';

    public static string? Clean(string? text, params ReadOnlySpan<Secret?> secrets)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var clean = text;
        foreach (var secret in secrets)
            clean = secret?.StrikeOut(clean) ?? clean;
        clean = StrikeOut(clean, TokenName, TokenMember);
        clean = StrikeOut(clean, TokenStart, TokenText);
        clean = string.Concat(clean.Select(static c => char.IsControl(c) ? ' ' : c)).Trim();
        return clean.Length == 0 ? null : Shorten(clean, MaxCharacters);
    }

    public static string? Clean(ReadOnlySpan<byte> body, params ReadOnlySpan<Secret?> secrets) => Clean(Encoding.UTF8.GetString(body), secrets);

    /// <summary>The beginning of a text that is too long; no character is cut in half.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    // Strikes out what a rule finds by a landmark.
    private static string StrikeOut(string text, string landmark, Func<string, int, (int Start, int End)> secretAt)
    {
        var clean = new StringBuilder();
        var copied = 0;
        for (var at = 0; (at = text.IndexOf(landmark, at, StringComparison.OrdinalIgnoreCase)) >= 0; at = Math.Max(at + 1, copied))
        {
            var (start, end) = secretAt(text, at);
            if (start == end)
                continue;
            clean.Append(text, copied, start - copied).Append("***");
            copied = end;
        }

        return copied == 0 ? text : clean.Append(text, copied, text.Length - copied).ToString();
    }

    private static (int Start, int End) TokenText(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '+' or '/' or '='))
            end++;
        return end - at >= LeastTokenCharacters && text.AsSpan(at).StartsWith(TokenStart) ? (at, end) : default;
    }

    // The value in: access_token":"value", the same with escaped quotes, access_token=value. A token need not look like one.
    private static (int Start, int End) TokenMember(string text, int at)
    {
        var next = at + TokenName.Length;
        var isMember = SkipQuote(text, ref next) is not None;
        next = SkipBlanks(text, next);
        if (next == text.Length || text[next] != (isMember ? ':' : '='))
            return default;

        next = SkipBlanks(text, next + 1);
        var isEscaped = next < text.Length && text[next] == '\\';
        var quote = SkipQuote(text, ref next);
        if (isMember && quote == None)
            return default;

        var end = next;
        while (end < text.Length && !(quote == None ? " \t\r\n&;,\"'<>)}]".Contains(text[end]) : text[end] == quote && (isEscaped || text[end - 1] != '\\')))
            end++;
        while (isEscaped && end > next && text[end - 1] == '\\')
            end--;
        return (next, end);
    }

    private static int SkipBlanks(string text, int next)
    {
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return next;
    }

    private static char SkipQuote(string text, ref int next)
    {
        var quote = next;
        while (quote < text.Length && text[quote] == '\\')
            quote++;
        if (quote == text.Length || text[quote] is not ('"' or '\''))
            return None;
        next = quote + 1;
        return text[quote];
    }
}
