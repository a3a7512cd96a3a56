using System.Buffers;
using System.Buffers.Text;
using System.Text;
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
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            // Base64url in the form that the platform has known for longer; what is no ASCII becomes a sign that it has not.
            var text = rented.AsSpan(0, length);
            Encoding.ASCII.GetBytes(payload, text);
            text[payload.Length..].Fill((byte)'=');
            text.Replace((byte)'-', (byte)'+');
            text.Replace((byte)'_', (byte)'/');
            return Base64.DecodeFromUtf8InPlace(text, out var written) == OperationStatus.Done ? Find(claim, part, text[..written]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            rented.AsSpan(0, length).Clear();
            ArrayPool<byte>.Shared.Return(rented);
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
