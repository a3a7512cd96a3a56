using System.Text.Json;

namespace Keyless.Pipeline;

/// <summary>Reads a success body: numbers and strings alike, unknown and repeated members, a byte-order mark, trailing commas.</summary>
internal static class TokenResponseReader
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="JsonException">The body is not a JSON object.</exception>
    public static TokenResponse Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(JsonText.WithoutMark(body), Lenient);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The body is not a JSON object.");

        var response = new TokenResponse();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonText.Is(ref reader, "access_token"u8))
                response.AccessToken = JsonText.Next(ref reader);
            else if (JsonText.Is(ref reader, "token_type"u8))
                response.TokenType = ReadType(ref reader);
            else if (JsonText.Is(ref reader, "expires_on"u8))
                response.ExpiresOn = JsonText.Next(ref reader);
            else if (JsonText.Is(ref reader, "expires_in"u8))
                response.ExpiresIn = JsonText.Next(ref reader);
            else if (JsonText.Is(ref reader, "refresh_in"u8))
                response.RefreshIn = JsonText.Next(ref reader);
            else if (JsonText.Is(ref reader, "client_id"u8))
                response.ClientId = JsonText.Next(ref reader);
            else if (JsonText.Is(ref reader, "object_id"u8))
                response.ObjectId = JsonText.Next(ref reader);
            else if (JsonText.Is(ref reader, "msi_res_id"u8) || JsonText.Is(ref reader, "mi_res_id"u8))
                response.ResourceId = JsonText.Next(ref reader);
            else
                reader.Skip();
        }

        // What follows the object must at least be no more JSON, else it is not one answer.
        while (reader.Read())
        {
        }

        return response;
    }

    // Nearly always the one there is.
    private static string? ReadType(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && JsonText.Is(ref reader, "Bearer"u8) ? "Bearer" : JsonText.Scalar(ref reader);
    }
}
