using System.Globalization;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>A refusal by Entra, with the numbers that its support asks for.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">The error's name in OAuth.</param>
/// <param name="Code">The number of the AADSTS error.</param>
/// <param name="Text">What was wrong.</param>
internal sealed record EntraError(int Status, string Error, int Code, string Text)
{
    /// <summary>What a client should ask with the next time: a claims challenge, as JSON. Null: nothing.</summary>
    public string? Claims { get; init; }

    public string Description => $"AADSTS{Code}: {Text}";

    public static EntraError Of(ResourceRefusal refusal) => new(400, refusal.Error, refusal.Code, refusal.Text);

    /// <summary>The error as an answer.</summary>
    /// <param name="now">The time that it states.</param>
    /// <param name="correlationId">The id that the client gave to its request, or one made up for it.</param>
    /// <param name="traceId">The id that the request has on Entra's side.</param>
    public EndpointAnswer Answer(DateTimeOffset now, Guid correlationId, Guid traceId)
    {
        var timestamp = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return EndpointAnswer.Json(Status, json =>
        {
            json.WriteString("error", Error);
            json.WriteString(
                "error_description", $"{Description} Trace ID: {traceId} Correlation ID: {correlationId} Timestamp: {timestamp}");
            json.WriteStartArray("error_codes");
            json.WriteNumberValue(Code);
            json.WriteEndArray();
            json.WriteString("timestamp", timestamp);
            json.WriteString("trace_id", traceId);
            json.WriteString("correlation_id", correlationId);
            json.WriteString("error_uri", $"https://login.microsoftonline.com/error?code={Code}");
            if (Claims is not null)
                json.WriteString("claims", Claims);
        });
    }
}
