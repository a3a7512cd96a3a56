using System.Buffers;
using System.Text.Json;

namespace Keyless.Pipeline;

/// <summary>The claims that tell whose a token is, where it happens to be a readable JWT. Nothing is required of a token's form.</summary>
/// <remarks>Read when they are asked for: of three, one is needed.</remarks>
internal readonly struct TokenClaims(string token)
{
    public string? ClientId => Read("appid"u8) ?? Read("azp"u8);

    public string? ObjectId => Read("oid"u8);

    public string? ResourceId => Read("xms_mirid"u8);

    /// <summary>The same if this text is in it.</summary>
    public string? ResourceIdWith(string part) => Read("xms_mirid"u8, part);

    private string? Read(ReadOnlySpan<byte> claim, string? part = null)
    {
        var first = token.IndexOf('.');
        var second = first < 0 ? -1 : token.IndexOf('.', first + 1);
        if (second < 0)
            return null;

        var payload = token.AsSpan(first + 1, second - first - 1);
        var length = (payload.Length + 3) / 4 * 4;
        var text = ArrayPool<char>.Shared.Rent(length);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            // Base64url in the form that the platform has known for longer.
            payload.CopyTo(text);
            text.AsSpan(payload.Length, length - payload.Length).Fill('=');
            text.AsSpan(0, length).Replace('-', '+');
            text.AsSpan(0, length).Replace('_', '/');
            return Convert.TryFromBase64Chars(text.AsSpan(0, length), bytes, out var read) ? Find(claim, part, bytes.AsSpan(0, read)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text, clearArray: true);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static string? Find(ReadOnlySpan<byte> claim, string? part, ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;

        var value = default(string);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref reader, claim))
                value = part is null ? JsonText.Next(ref reader) : JsonText.NextWith(ref reader, part);
            else
                reader.Skip();
        }

        return value;
    }
}
