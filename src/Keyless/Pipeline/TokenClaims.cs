using System.Text.Json;

namespace Keyless.Pipeline;

/// <summary>The claims that tell whose a token is, where it happens to be a readable JWT. Nothing is required of a token's form.</summary>
internal readonly record struct TokenClaims(string? ClientId, string? ObjectId, string? ResourceId)
{
    public static TokenClaims Read(string token)
    {
        var first = token.IndexOf('.');
        var second = first < 0 ? -1 : token.IndexOf('.', first + 1);
        if (second < 0)
            return default;

        try
        {
            return ReadPayload(Decode(token.AsSpan(first + 1, second - first - 1)));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return default;
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> base64Url)
    {
        var text = base64Url.ToString().Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
    }

    private static TokenClaims ReadPayload(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        var claims = default(TokenClaims);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return claims;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Text(ref reader);
            reader.Read();
            var value = JsonText.Scalar(ref reader);
            claims = name switch
            {
                "appid" => claims with { ClientId = value },
                "azp" => claims with { ClientId = claims.ClientId ?? value },
                "oid" => claims with { ObjectId = value },
                "xms_mirid" => claims with { ResourceId = value },
                _ => claims,
            };
        }

        return claims;
    }
}
