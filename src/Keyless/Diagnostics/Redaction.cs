using System.Text;
using Keyless.Sources;

namespace Keyless.Diagnostics;

/// <summary>Makes text that came from outside fit for messages: secrets and anything like a token struck out, control characters gone, length bounded.</summary>
internal static class Redaction
{
    private const int MaxCharacters = 1024;
    private const int LeastTokenCharacters = 24;
    private const string TokenStart = "eyJ";

    public static string? Clean(string? text, params ReadOnlySpan<Secret?> secrets)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var clean = text;
        foreach (var secret in secrets)
            clean = secret?.StrikeOut(clean) ?? clean;
        clean = StrikeOutTokens(clean);
        clean = string.Concat(clean.Select(static c => char.IsControl(c) ? ' ' : c)).Trim();
        return clean.Length <= MaxCharacters ? clean : string.Concat(clean.AsSpan(0, MaxCharacters - 1), "…");
    }

    public static string? Clean(ReadOnlySpan<byte> body, params ReadOnlySpan<Secret?> secrets) =>
        Clean(Encoding.UTF8.GetString(body[..Math.Min(body.Length, 16 * MaxCharacters)]), secrets);

    // A JSON object in base64 begins with these letters; whatever they begin is struck out to its end.
    private static string StrikeOutTokens(string text)
    {
        var start = text.IndexOf(TokenStart, StringComparison.Ordinal);
        if (start < 0)
            return text;

        var clean = new StringBuilder();
        var copied = 0;
        for (; start >= 0; start = text.IndexOf(TokenStart, copied, StringComparison.Ordinal))
        {
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '+' or '/' or '='))
                end++;
            clean.Append(text, copied, start - copied).Append(end - start >= LeastTokenCharacters ? "***" : text[start..end]);
            copied = end;
        }

        return clean.Append(text, copied, text.Length - copied).ToString();
    }
}
