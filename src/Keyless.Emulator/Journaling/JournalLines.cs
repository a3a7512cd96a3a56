using System.Text.Json;

namespace Keyless.Emulator.Journaling;

/// <summary>Requests as JSON.</summary>
internal static class JournalLines
{
    /// <summary>Writes a request as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, JournalEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("number", entry.Number);
        json.WriteString("time", entry.Time);
        json.WriteString("realTime", entry.RealTime);
        json.WriteString("host", entry.Host);
        WriteText(json, "source", entry.Source?.ToString());
        json.WriteString("leg", entry.Leg.ToString());
        json.WriteString("method", entry.Method);
        json.WriteString("path", entry.Path);
        WritePairs(json, "query", entry.Query);
        WritePairs(json, "headers", entry.Headers);
        WritePairs(json, "form", entry.Form);
        WriteText(json, "selector", entry.Selector);
        WriteText(json, "identity", entry.Identity?.Name);
        WriteText(json, "resource", entry.Resource);
        WriteText(json, "fault", entry.Fault);
        if (entry.Cause is { } cause)
        {
            json.WritePropertyName("cause");
            json.WriteRawValue(cause);
        }

        WriteNumber(json, "status", entry.Status);
        if (entry.WasAborted)
            json.WriteBoolean("aborted", true);
        WriteNumber(json, "durationMs", entry.Duration?.TotalMilliseconds);
        WriteNumber(json, "realDurationMs", entry.RealDuration?.TotalMilliseconds);
        json.WriteNumber("requestLength", entry.RequestLength);
        WriteNumber(json, "answerLength", entry.AnswerLength);
        WritePairs(json, "answerHeaders", entry.AnswerHeaders);
        WriteText(json, "answerType", entry.AnswerType);
        WriteText(json, "answerBody", entry.AnswerBody);
        WriteText(json, "tokenId", entry.TokenId);
        WriteText(json, "tokenSha256", entry.TokenSha256);
        WriteTokens(json, entry.Tokens);
        WriteText(json, "sdk", entry.Sdk);
        WritePairs(json, "correlationIds", entry.CorrelationIds);
        WriteText(json, "hint", entry.Hint);
        json.WriteEndObject();
    }

    public static void WritePairs(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartArray(name);
        foreach (var pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString("name", pair.Key);
            json.WriteString("value", pair.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTokens(Utf8JsonWriter json, IEnumerable<JournalToken> tokens)
    {
        json.WriteStartArray("tokens");
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("place", token.Place);
            json.WriteString("sha256", token.Sha256);
            if (token.Claims is { } claims)
            {
                json.WritePropertyName("claims");
                claims.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // What there is nothing to say of is left out.
    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
    }
}
