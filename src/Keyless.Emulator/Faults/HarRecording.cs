using System.Globalization;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>A recording that is an HTTP archive: of a journal, whose own members it has, or of any program that watched a client.</summary>
internal static class HarRecording
{
    // What is shorter is the way of any answer, and no reason to wait for it once more.
    private static readonly TimeSpan LeastDelay = TimeSpan.FromMilliseconds(100);

    private static readonly string[] TokenPaths = ["/metadata/identity/oauth2/token", "/msi/token", "/MSI/auth", "/oauth2/token"];

    /// <summary>Whether a text is one object and not a line of several.</summary>
    public static bool IsHar(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start is not ['{', ..])
            return false;
        var head = start[1..].TrimStart();
        return head.StartsWith("\"log\"");
    }

    /// <exception cref="EmulatorException">It is no archive, or an entry is none.</exception>
    public static List<RecordedStep> Read(string text, string name)
    {
        JsonDocument document;
        try
        {
            document = SoundJson.Parse(text);
        }
        catch (JsonException exception)
        {
            var line = exception.LineNumber is { } before ? string.Create(CultureInfo.InvariantCulture, $", line {before + 1}") : "";
            throw new EmulatorException($"{name}{line} is no JSON: {exception.Message}", exception);
        }

        using (document)
        {
            var log = Member(new FaultReader(document.RootElement, name), "log");
            if (log.Require("entries") is not { ValueKind: JsonValueKind.Array } entries)
                throw log.Wrong("entries", log.Require("entries"), "a list of entries");

            var steps = new List<RecordedStep>();
            var number = 0;
            foreach (var entry in entries.EnumerateArray())
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"{name}, entry {++number}");
                if (Step(new FaultReader(entry, place)) is { } step)
                    steps.Add(step);
            }

            return steps;
        }
    }

    /// <summary>The answer of an entry. Null: it is none that a client of managed identities asks for.</summary>
    private static RecordedStep? Step(FaultReader entry)
    {
        var request = Member(entry, "request");
        var response = Member(entry, "response");
        if (!Uri.TryCreate(request.Text("url"), UriKind.Absolute, out var address))
            throw request.Wrong("url", request.Require("url"), "an absolute address");

        if ((entry.OptionalOneOf<Leg>("_leg") ?? Guess(address, request)) is not { } leg)
            return null;

        // Programs write 0, or less, where there was no answer.
        var status = response.Int("status", -1, 599) is var code and > 0 ? code : (int?)null;
        var headers = RecordedLines.Pairs(response, "headers");
        var content = response.Find("content") is { } member ? new FaultReader(member, response.PathOf("content")) : null;
        var ownTime = RecordedLines.TimeIn(entry, "_virtualTime");
        var answer = new RecordedAnswer
        {
            Leg = leg,
            Status = status,
            Time = ownTime ?? DateOf(headers) ?? RecordedLines.TimeIn(entry, "startedDateTime"),
            Headers = headers,
            ContentType = content?.OptionalText("mimeType"),
            Body = content is null ? null : BodyIn(content),
            Cause = entry.Find("_cause") is { } cause ? FaultJson.Read(cause, entry.PathOf("_cause")) : null,
            Delay = ownTime is null ? DelayOf(entry) : TimeSpan.Zero,
        };
        return new RecordedStep(entry.OptionalText("_host") ?? address.Authority, leg, status, RecordedLines.Repeat(answer, entry));
    }

    private static FaultReader Member(FaultReader json, string name) => new(json.Require(name), json.PathOf(name));

    private static Leg? Guess(Uri address, FaultReader request)
    {
        var path = EndpointRequest.Normalise(Uri.UnescapeDataString(address.AbsolutePath));
        if (path.EndsWith("/oauth2/v2.0/token", StringComparison.OrdinalIgnoreCase))
            return Leg.Entra;
        if (!TokenPaths.Contains(path, StringComparer.OrdinalIgnoreCase))
            return path.EndsWith("/oauth2/token", StringComparison.OrdinalIgnoreCase) ? Leg.Entra : null;

        var headers = RecordedLines.Pairs(request, "headers").Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return headers.Contains("Metadata") || headers.Contains("secret") || headers.Contains("X-IDENTITY-HEADER") ? Leg.Token : Leg.Probe;
    }

    private static string? BodyIn(FaultReader content)
    {
        if (content.OptionalText("text") is not { } text)
            return null;
        if (content.OptionalText("encoding") != "base64")
            return text;

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw content.Wrong("text", content.Require("text"), "base64, which its encoding says it is");
        }
    }

    private static DateTimeOffset? DateOf(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var text = headers.FirstOrDefault(header => header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase)).Value;
        return DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }

    private static TimeSpan DelayOf(FaultReader entry)
    {
        var took = TimeSpan.FromMilliseconds(Math.Floor(entry.OptionalNumber("time", -1, FaultDelay.Longest.TotalMilliseconds) ?? 0));
        return took >= LeastDelay ? took : TimeSpan.Zero;
    }
}
