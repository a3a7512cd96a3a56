using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Journaling;

/// <summary>What an entry shows, made when it is first looked at.</summary>
internal sealed class Rendering
{
    private static readonly string[] CorrelationHeaders =
        ["x-ms-client-request-id", "client-request-id", "x-ms-correlation-id", "x-ms-request-id", "traceparent"];

    private readonly Recorded _recorded;
    private readonly EndpointAnswer? _answer;

    public Rendering(Recorded recorded, EndpointAnswer? answer)
    {
        _recorded = recorded;
        _answer = answer;
        var request = recorded.Request;
        var headers = request.Headers.SelectMany(header => header.Value.Select(value => Pair(header.Key, value))).ToArray();
        var form = Parameters.LooksLikeForm(request.Body) ? Parameters.Parse(request.Body).ToArray() : [];
        var answerBody = Body(answer);

        // A developer's own token is nobody's business, whatever the switch says.
        var isReal = answer?.Token?.PassedThroughFrom is not null;

        Path = Redact(request.Path);
        Query = RedactAll(request.Query);
        Form = RedactAll(form);
        Headers = RedactAll(headers);
        AnswerHeaders = answer is null ? [] : RedactAll(answer.Headers);
        AnswerBody = answerBody is null || isReal ? null : recorded.Redaction.Text(answerBody, answer!.Token?.Text);
        Tokens =
        [
            .. TokensIn("path", request.Path),
            .. request.Query.SelectMany(pair => TokensIn($"query {pair.Key}", pair.Value)),
            .. form.SelectMany(pair => TokensIn($"form {pair.Key}", pair.Value)),
            .. headers.SelectMany(pair => TokensIn($"header {pair.Key}", pair.Value)),
            .. answer?.Token is { } token ? [new("answer", token.Sha256, isReal ? null : ClaimsOf(token.Text))] : TokensIn("answer", answerBody ?? ""),
        ];
        Cause = CauseOf(answer);
        TokenId = answer?.Token is { Id.Length: > 0 } issued ? issued.Id : null;
        Sdk = ClientLibrary.Guess(request.Headers) is { } sdk ? Redact(sdk) : null;
        CorrelationIds =
        [
            .. Headers.Concat(AnswerHeaders).Where(pair => CorrelationHeaders.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)),
            .. BodyIds.In(answer?.Status >= 400 ? AnswerBody : null),
        ];
    }

    public string Path { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Form { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public IReadOnlyList<KeyValuePair<string, string>> AnswerHeaders { get; }

    public string? AnswerBody { get; }

    public IReadOnlyList<JournalToken> Tokens { get; }

    /// <summary>The fault that fired, as JSON. Null: none did.</summary>
    public string? Cause { get; }

    public string? TokenId { get; }

    public string? Sdk { get; }

    public IReadOnlyList<KeyValuePair<string, string>> CorrelationIds { get; }

    public string Redact(string text) => _recorded.Redaction.Text(text, _answer?.Token?.Text);

    // A secret that somebody has put into a rule is one all the same.
    private string? CauseOf(EndpointAnswer? answer) => answer?.Cause is { } cause
        ? Redact((cause.Delay is null && answer.Delay == TimeSpan.Zero ? cause : cause.After(answer.Delay)).ToString())
        : null;

    private static KeyValuePair<string, string> Pair(string name, string? value) => new(name, value ?? "");

    private static string? Body(EndpointAnswer? answer) =>
        answer is null || answer.Body.Length > RequestRecorder.MostText ? null : Encoding.UTF8.GetString(answer.Body.Span);

    private static IEnumerable<JournalToken> TokensIn(string place, string text) =>
        Redaction.TokensIn(text).Select(token => Describe(place, token));

    private static JournalToken Describe(string place, string token) => new(place, Redaction.Hash(token), ClaimsOf(token));

    private static JsonElement? ClaimsOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length < 2)
            return null;
        try
        {
            using var payload = SoundJson.Parse(WebEncoders.Base64UrlDecode(parts[1]));
            return payload.RootElement.ValueKind == JsonValueKind.Object ? payload.RootElement.Clone() : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    private KeyValuePair<string, string>[] RedactAll(IEnumerable<KeyValuePair<string, string>> pairs) =>
        [.. pairs.Select(pair => Pair(Redact(pair.Key), _recorded.Redaction.Value(pair.Key, pair.Value, _answer?.Token?.Text)))];
}
