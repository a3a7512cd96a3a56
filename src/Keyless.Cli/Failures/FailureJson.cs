using Keyless.Cli.Options;

namespace Keyless.Cli.Failures;

/// <summary>Why there is no token, for programs.</summary>
internal sealed record FailureJson
{
    public required string Kind { get; init; }

    public required string ErrorCode { get; init; }

    public required string Message { get; init; }

    public required string? Source { get; init; }

    public required string? Endpoint { get; init; }

    public required string? Resource { get; init; }

    public required int? StatusCode { get; init; }

    public required int Attempts { get; init; }

    public required double ElapsedMs { get; init; }

    public required bool IsTransient { get; init; }

    public required double? RetryAfterMs { get; init; }

    public required string? HostErrorCode { get; init; }

    public required string? HostMessage { get; init; }

    public required string? HostCorrelationId { get; init; }

    public required Guid? CorrelationId { get; init; }

    public required string NextStep { get; init; }

    public static FailureJson Of(TokenFailure failure) => new()
    {
        Kind = failure.Kind.ToString(),
        ErrorCode = failure.ErrorCode,
        Message = ToolWording.Of(failure.Message),
        Source = failure.Source is { } source ? SourceName.Of(source) : null,
        Endpoint = failure.Endpoint,
        Resource = failure.Resource,
        StatusCode = (int?)failure.StatusCode,
        Attempts = failure.Attempts,
        ElapsedMs = Math.Round(failure.Elapsed.TotalMilliseconds, 1),
        IsTransient = failure.IsTransient,
        RetryAfterMs = failure.RetryAfter is { } wait ? Math.Round(wait.TotalMilliseconds) : null,
        HostErrorCode = failure.HostErrorCode,
        HostMessage = failure.HostMessage,
        HostCorrelationId = failure.HostCorrelationId,
        CorrelationId = failure.CorrelationId == Guid.Empty ? null : failure.CorrelationId,
        NextStep = ToolWording.Of(failure.NextStep),
    };
}
