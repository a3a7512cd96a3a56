using System.Text.Json;

namespace Keyless.Pipeline;

/// <summary>
/// Reads the error bodies of all sources: flat (<c>error</c>, <c>error_description</c>), App Service's (<c>message</c>,
/// <c>correlationId</c>), and nested (<c>error.code</c>, <c>error.message</c>, <c>error.correlationId</c>). Older hosts write the names with capitals.
/// </summary>
internal static class HostErrorReader
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>What the body says; empty if it has none of the shapes.</summary>
    public static HostError Read(ReadOnlySpan<byte> body)
    {
        if (!JsonText.LooksLikeObject(body))
            return default;
        try
        {
            var reader = new Utf8JsonReader(JsonText.WithoutMark(body), Lenient);
            reader.Read();
            return ReadObject(ref reader, nested: false);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static HostError ReadObject(ref Utf8JsonReader reader, bool nested)
    {
        var error = default(HostError);
        string? description = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Text(ref reader)?.ToLowerInvariant();
            reader.Read();
            if (!nested && name == "error" && reader.TokenType == JsonTokenType.StartObject)
            {
                var inner = ReadObject(ref reader, nested: true);
                error = new HostError(inner.Code ?? error.Code, inner.Message ?? error.Message, inner.CorrelationId ?? error.CorrelationId);
                continue;
            }

            var value = JsonText.Scalar(ref reader);
            switch (name)
            {
                case "error" or "code":
                    error = error with { Code = value };
                    break;
                case "message":
                    error = error with { Message = value };
                    break;
                case "error_description":
                    description = value;
                    break;
                case "correlationid" or "correlation_id":
                    error = error with { CorrelationId = value };
                    break;
            }
        }

        return error with
        {
            Message = (error.Message, description) switch
            {
                ({ Length: > 0 } message, { Length: > 0 }) => $"{message} {description}",
                ({ Length: > 0 } message, _) => message,
                _ => description,
            }
        };
    }
}
