using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Keyless.Pipeline;

/// <summary>What the readers of bodies and of tokens share.</summary>
internal static class JsonText
{
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) =>
        body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    /// <summary>Whether a body begins as a JSON object does.</summary>
    public static bool LooksLikeObject(ReadOnlySpan<byte> body)
    {
        var text = WithoutMark(body).TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && text[0] == (byte)'{';
    }

    /// <summary>The name or string the reader stands on. Null if it is no text: half a character, or bytes that are no UTF-8.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the reader stands on this text. Allocates nothing.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan.SequenceEqual(text);
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The value behind the name that the reader stands on.</summary>
    public static string? Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Scalar(ref reader);
    }

    /// <summary>The same if this text is in it, in whatever case. A value without it is not copied.</summary>
    public static string? NextWith(ref Utf8JsonReader reader, string part)
    {
        reader.Read();
        Span<char> value = stackalloc char[512];
        try
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= value.Length
                && !value[..reader.CopyString(value)].Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return Scalar(ref reader) is { } text && text.Contains(part, StringComparison.OrdinalIgnoreCase) ? text : null;
    }

    /// <summary>The value the reader stands on, if it is a string or a number; other values are skipped.</summary>
    public static string? Scalar(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }
}
