using Keyless.Emulator.Journaling;
using Microsoft.Extensions.Logging;

namespace Keyless.Emulator.Diagnostics;

/// <summary>Every log message, with its stable id: one for each exchange. What the journal does not show is not in it.</summary>
internal sealed partial class ExchangeLog(ILoggerFactory factory)
{
    public const string Category = "Keyless.Emulator";

    private const string None = "none";

    private static readonly string[] SentNames = ["x-ms-client-request-id", "client-request-id", "x-ms-correlation-id"];
    private static readonly string[] ReturnedNames = ["client-request-id", "x-ms-request-id"];

    private readonly ILogger _logger = factory.CreateLogger(Category);

    /// <summary>Writes down an exchange that has ended.</summary>
    public void Write(JournalEntry entry)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
            return;

        var duration = Math.Round((entry.Duration ?? TimeSpan.Zero).TotalMilliseconds, 3);
        var identity = entry.Identity?.Name ?? None;
        var resource = entry.Resource ?? None;
        var sent = IdIn(entry.Headers, SentNames) ?? None;
        if (entry.Status is not { } status)
            Abandoned(_logger, entry.Number, entry.Host, entry.Leg, entry.Method, entry.Path, duration, identity, resource, sent);
        else if (entry.Fault is { } fault)
            Faulted(_logger, entry.Number, entry.Host, entry.Leg, entry.Method, entry.Path, status, duration, fault, identity, resource, ReturnedId(entry), sent);
        else
            Answered(_logger, entry.Number, entry.Host, entry.Leg, entry.Method, entry.Path, status, duration, identity, resource, ReturnedId(entry), sent);
    }

    [LoggerMessage(1, LogLevel.Information, "Request {Number} to {Host} ({Leg}): {Method} {Path} got {Status} in {Duration} ms, identity {Identity}, resource {Resource} (correlation id {CorrelationId}, the client's {ClientRequestId})")]
    private static partial void Answered(ILogger logger, long number, string host, Leg leg, string method, string path, int status, double duration, string identity, string resource, string correlationId, string clientRequestId);

    [LoggerMessage(2, LogLevel.Information, "Request {Number} to {Host} ({Leg}): {Method} {Path} got {Status} in {Duration} ms by the fault {Fault}, identity {Identity}, resource {Resource} (correlation id {CorrelationId}, the client's {ClientRequestId})")]
    private static partial void Faulted(ILogger logger, long number, string host, Leg leg, string method, string path, int status, double duration, string fault, string identity, string resource, string correlationId, string clientRequestId);

    [LoggerMessage(3, LogLevel.Information, "Request {Number} to {Host} ({Leg}): {Method} {Path} got no answer, since its client went away after {Duration} ms, identity {Identity}, resource {Resource} (the client's correlation id {ClientRequestId})")]
    private static partial void Abandoned(ILogger logger, long number, string host, Leg leg, string method, string path, double duration, string identity, string resource, string clientRequestId);

    // What the client finds in the answer: in an error's body, else in the headers.
    private static string ReturnedId(JournalEntry entry) =>
        (entry.Status >= 400 && BodyIds.In(entry.AnswerBody) is [var first, ..] ? first.Value : null)
        ?? IdIn(entry.AnswerHeaders, ReturnedNames)
        ?? None;

    private static string? IdIn(IReadOnlyList<KeyValuePair<string, string>> headers, string[] names) => names
        .Select(name => headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value)
        .FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
