using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;

namespace Keyless.Emulator.Admin;

/// <summary>The journal: what came to the hosts, and how it was answered. Tokens and secrets stand in it as hashes.</summary>
internal static class JournalResource
{
    private const int LongestWait = 60;

    /// <summary>What picks requests.</summary>
    public static IReadOnlyList<AdminField> Filter { get; } =
    [
        new("host", "string", "The host's name; authority for the token issuer."),
        new("leg", "string", $"Which step of a client's work it is: {KebabCase.List<Leg>()}."),
        new("source", "string", $"The host's platform: {KebabCase.List<SourceKind>()}."),
        new("method", "string", "The HTTP method."),
        new("path", "string", "The path."),
        new("status", "integer", "The answer's HTTP status."),
        new("identity", "string", "The identity's name."),
        new("resource", "string", "The resource that was asked for."),
        new("fault", "string", "The fault that fired."),
    ];

    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/journal", "listRequests", "Lists the answered requests, in the order of their answers.", ListAsync)
        {
            Query =
            [
                .. Filter,
                new("after", "integer", "The cursor of an earlier answer: only what was answered since."),
                new("wait", "integer", $"For how many seconds to wait for a request if there is none yet; at most {LongestWait}."),
                new("limit", "integer", "Only the newest so many."),
            ],
        },
        new(
            "GET",
            "/journal/export",
            "exportJournal",
            "Writes the journal as an HTTP archive, which browsers open, or as JSON lines.",
            ExportAsync)
        {
            Query = [new("format", "string", "har or jsonl; har if left out."), new("host", "string", "Of this host only.")],
        },
        VerificationResource.Route,
        JournalStream.Route,
        new("GET", "/journal/{number}", "getRequest", "Shows one request and its answer with headers and bodies.", Get),
        new(
            "GET",
            "/journal/{number}/rule",
            "getRequestRule",
            "Makes a fault rule of a request: those like it get an answer like its own. There is never a token in it.",
            Rule),
        new("DELETE", "/journal", "clearJournal", "Forgets all requests.", Clear) { Query = [new("host", "string", "Of this host only.")] },
    ];

    private static async ValueTask<EndpointAnswer> ListAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var filter = FilterOf(call);
        var after = call.Number("after") ?? long.MinValue;
        var limit = (int)(call.Number("limit", 100_000) ?? 100_000);
        var wait = TimeSpan.FromSeconds(call.Number("wait", LongestWait) ?? 0);
        var journal = call.Emulator.Journal;

        // What is still being answered would be listed twice, or never.
        bool IsWanted(JournalEntry entry) => entry.IsEnded && entry.End > after && filter.Matches(entry);
        if (wait > TimeSpan.Zero && !journal.Entries.Any(IsWanted))
            await WaitAsync(journal, IsWanted, wait, cancellationToken).ConfigureAwait(false);

        var found = journal.Entries.Where(IsWanted).OrderBy(entry => entry.End).TakeLast(limit).ToArray();
        var newest = journal.Entries.Max(entry => entry.IsEnded ? entry.End : (long?)null) ?? 0;
        return EndpointAnswer.Json(200, json =>
        {
            json.WriteNumber("cursor", found is [.., var last] ? last.End : Math.Max(after, newest));
            json.WriteNumber("forgotten", journal.Forgotten);
            json.WriteStartArray("requests");
            foreach (var entry in found)
            {
                json.WriteStartObject();
                WriteSummary(json, entry);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static async Task WaitAsync(
        Journal journal, Func<JournalEntry, bool> isWanted, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await journal.WaitForAsync(isWanted, 1, wait, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing came, which the empty list says.
        }
    }

    private static async ValueTask<EndpointAnswer> ExportAsync(AdminCall call, CancellationToken cancellationToken)
    {
        var journal = call.HostInQuery()?.Journal ?? call.Emulator.Journal;
        using var body = new MemoryStream();
        switch (call.Query("format"))
        {
            case null or "har":
                await journal.WriteHarAsync(body, cancellationToken).ConfigureAwait(false);
                return new EndpointAnswer(200, body.ToArray());
            case "jsonl":
                await journal.WriteJsonLinesAsync(body, cancellationToken).ConfigureAwait(false);
                return new EndpointAnswer(200, body.ToArray(), "application/jsonl; charset=utf-8");
            case var format:
                throw AdminException.Invalid($"The parameter format is '{format}'. Give har or jsonl.");
        }
    }

    private static JournalEntry EntryIn(AdminCall call)
    {
        var text = call.Path["number"];
        var entry = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? call.Emulator.Journal.Entries.FirstOrDefault(entry => entry.Number == number)
            : null;
        return entry ?? throw AdminException.NotFound($"There is no request {text} in the journal, or none any more.");
    }

    private static EndpointAnswer Rule(AdminCall call)
    {
        var rule = EntryIn(call).ToFaultRule();
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
            rule.ToJson(json);
        return new EndpointAnswer(200, body.WrittenMemory);
    }

    private static EndpointAnswer Get(AdminCall call)
    {
        var entry = EntryIn(call);
        return EndpointAnswer.Json(200, json =>
        {
            json.WriteStartObject("request");
            WriteSummary(json, entry);
            JournalLines.WritePairs(json, "query", entry.Query);
            JournalLines.WritePairs(json, "form", entry.Form);
            JournalLines.WritePairs(json, "headers", entry.Headers);
            JournalLines.WritePairs(json, "answerHeaders", entry.AnswerHeaders);
            AdminJson.WriteNullable(json, "answerBody", entry.AnswerBody);
            json.WriteStartArray("tokens");
            foreach (var token in entry.Tokens)
            {
                json.WriteStartObject();
                json.WriteString("place", token.Place);
                json.WriteString("sha256", token.Sha256);
                json.WritePropertyName("claims");
                if (token.Claims is { } claims)
                    claims.WriteTo(json);
                else
                    json.WriteNullValue();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static EndpointAnswer Clear(AdminCall call)
    {
        (call.HostInQuery()?.Journal ?? call.Emulator.Journal).Clear();
        if (call.Query("host") is null)
        {
            foreach (var host in call.Emulator.Hosts)
                host.Journal.Clear();
        }

        return EndpointAnswer.Json(200, json => json.WriteBoolean("cleared", true));
    }

    public static JournalFilter FilterOf(AdminCall call) => new()
    {
        Host = call.Query("host"),
        Leg = call.Choice<Leg>("leg"),
        Source = call.Choice<SourceKind>("source"),
        Method = call.Query("method"),
        Path = call.Query("path"),
        Status = (int?)call.Number("status", 999),
        Identity = call.Query("identity"),
        Resource = call.Query("resource"),
        Fault = call.Query("fault"),
    };

    public static void WriteSummary(Utf8JsonWriter json, JournalEntry entry)
    {
        json.WriteNumber("number", entry.Number);
        json.WriteString("time", entry.Time);
        json.WriteString("realTime", entry.RealTime);
        json.WriteString("host", entry.Host);
        AdminJson.WriteNullable(json, "source", entry.Source is { } source ? KebabCase.Of(source) : null);
        json.WriteString("leg", KebabCase.Of(entry.Leg));
        json.WriteString("method", entry.Method);
        json.WriteString("path", entry.Path);
        AdminJson.WriteNullable(json, "selector", entry.Selector);
        AdminJson.WriteNullable(json, "identity", entry.Identity?.Name);
        AdminJson.WriteNullable(json, "resource", entry.Resource);
        if (entry.Status is { } status)
            json.WriteNumber("status", status);
        else
            json.WriteNull("status");
        json.WriteBoolean("aborted", entry.WasAborted);
        json.WriteNumber("durationMs", Math.Round((entry.Duration ?? TimeSpan.Zero).TotalMilliseconds, 3));
        json.WriteNumber("realDurationMs", Math.Round((entry.RealDuration ?? TimeSpan.Zero).TotalMilliseconds, 3));
        json.WriteNumber("requestLength", entry.RequestLength);
        json.WriteNumber("answerLength", entry.AnswerLength ?? 0);
        AdminJson.WriteNullable(json, "fault", entry.Fault);
        AdminJson.WriteNullable(json, "sdk", entry.Sdk);
        AdminJson.WriteNullable(json, "tokenId", entry.TokenId);
        AdminJson.WriteNullable(json, "tokenSha256", entry.TokenSha256);
        JournalLines.WritePairs(json, "correlationIds", entry.CorrelationIds);
        AdminJson.WriteNullable(json, "hint", entry.Hint);
    }
}
