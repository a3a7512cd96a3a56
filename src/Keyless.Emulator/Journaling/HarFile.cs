using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Journaling;

/// <summary>Requests as an HTTP archive, version 1.2, which browsers and proxies open.</summary>
internal static class HarFile
{
    public static void Write(Utf8JsonWriter json, IEnumerable<JournalEntry> entries)
    {
        json.WriteStartObject();
        json.WriteStartObject("log");
        json.WriteString("version", "1.2");
        json.WriteStartObject("creator");
        json.WriteString("name", "Keyless emulator");
        json.WriteString("version", typeof(HarFile).Assembly.GetName().Version?.ToString(3) ?? "0");
        json.WriteEndObject();
        json.WriteStartArray("entries");
        foreach (var entry in entries)
            WriteEntry(json, entry);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, JournalEntry entry)
    {
        // A request without an answer has taken no known time; the format asks for one.
        var took = entry.RealDuration?.TotalMilliseconds ?? 0;
        json.WriteStartObject();
        json.WriteString("startedDateTime", entry.RealTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("time", took);
        WriteRequest(json, entry);
        WriteResponse(json, entry);
        json.WriteStartObject("cache");
        json.WriteEndObject();
        json.WriteStartObject("timings");
        json.WriteNumber("send", 0);
        json.WriteNumber("wait", took);
        json.WriteNumber("receive", 0);
        json.WriteEndObject();

        // Names of one's own begin with an underscore.
        json.WriteNumber("_number", entry.Number);
        json.WriteString("_virtualTime", entry.Time);
        json.WriteNumber("_virtualDurationMs", entry.Duration?.TotalMilliseconds ?? 0);
        json.WriteString("_host", entry.Host);
        WriteText(json, "_source", entry.Source?.ToString());
        json.WriteString("_leg", entry.Leg.ToString());
        WriteText(json, "_selector", entry.Selector);
        WriteText(json, "_identity", entry.Identity?.Name);
        WriteText(json, "_resource", entry.Resource);
        WriteText(json, "_fault", entry.Fault);
        if (entry.Cause is { } cause)
        {
            json.WritePropertyName("_cause");
            json.WriteRawValue(cause);
        }

        WriteText(json, "_tokenId", entry.TokenId);
        WriteText(json, "_tokenSha256", entry.TokenSha256);
        WriteText(json, "_sdk", entry.Sdk);
        JournalLines.WritePairs(json, "_correlationIds", entry.CorrelationIds);
        WriteText(json, "_hint", entry.Hint);
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, JournalEntry entry)
    {
        json.WriteStartObject("request");
        json.WriteString("method", entry.Method);
        var address = new Uri(entry.BaseAddress, entry.Path.TrimStart('/'));
        json.WriteString("url", QueryHelpers.AddQueryString(
            address.AbsoluteUri, entry.Query!));
        json.WriteString("httpVersion", "HTTP/1.1");
        WriteEmpty(json, "cookies");
        JournalLines.WritePairs(json, "headers", entry.Headers);
        JournalLines.WritePairs(json, "queryString", entry.Query);
        if (entry.RequestLength > 0)
        {
            json.WriteStartObject("postData");
            json.WriteString("mimeType", Header(entry.Headers, "Content-Type") ?? "");
            JournalLines.WritePairs(json, "params", entry.Form);
            json.WriteString("text", "");
            json.WriteEndObject();
        }

        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", entry.RequestLength);
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, JournalEntry entry)
    {
        var status = entry.Status ?? 0;
        json.WriteStartObject("response");
        json.WriteNumber("status", status);
        json.WriteString("statusText", status == 0 ? "" : ((HttpStatusCode)status).ToString());
        json.WriteString("httpVersion", "HTTP/1.1");
        WriteEmpty(json, "cookies");
        JournalLines.WritePairs(json, "headers", entry.AnswerHeaders);
        json.WriteStartObject("content");
        json.WriteNumber("size", entry.AnswerLength ?? 0);
        json.WriteString("mimeType", entry.AnswerType ?? "");
        if (entry.AnswerBody is { } body)
            json.WriteString("text", body);
        json.WriteEndObject();
        json.WriteString("redirectURL", Header(entry.AnswerHeaders, "Location") ?? "");
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", entry.AnswerLength ?? 0);
        json.WriteEndObject();
    }

    private static string? Header(IEnumerable<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static void WriteEmpty(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
