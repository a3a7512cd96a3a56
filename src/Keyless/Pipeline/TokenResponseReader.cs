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

        var response = default(TokenResponse);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = JsonText.Text(ref reader);
            reader.Read();
            var value = JsonText.Scalar(ref reader);
            response = member switch
            {
                "access_token" => response with { AccessToken = value },
                "token_type" => response with { TokenType = value },
                "expires_on" => response with { ExpiresOn = value },
                "expires_in" => response with { ExpiresIn = value },
                "refresh_in" => response with { RefreshIn = value },
                "client_id" => response with { ClientId = value },
                "object_id" => response with { ObjectId = value },
                "msi_res_id" or "mi_res_id" => response with { ResourceId = value },
                _ => response,
            };
        }

        // What follows the object must at least be no more JSON, else it is not one answer.
        while (reader.Read())
        {
        }

        return response;
    }
}
