using Microsoft.Extensions.Logging;

namespace Keyless.Diagnostics;

/// <summary>Every log message, with its stable id. None holds a secret; none is written on a cache hit.</summary>
internal static partial class Log
{
    public const string Category = "Keyless.ManagedIdentityClient";

    [LoggerMessage(1, LogLevel.Debug, "Asking {Source} at {Endpoint} for {Resource} as {Identity} ({Reason}, correlation id {CorrelationId})")]
    public static partial void Asking(ILogger logger, SourceKind source, string endpoint, string resource, ManagedIdentity identity, AcquisitionReason reason, Guid correlationId);

    [LoggerMessage(2, LogLevel.Information, "Got a token for {Resource} from {Source} in {Elapsed}, expires {ExpiresOn:u} (correlation id {CorrelationId})")]
    public static partial void Acquired(ILogger logger, string resource, SourceKind source, TimeSpan elapsed, DateTimeOffset expiresOn, Guid correlationId);

    [LoggerMessage(3, LogLevel.Information, "Attempt {Attempt} for {Resource} from {Source} failed ({Kind}, status {Status}); next in {Pause} (correlation id {CorrelationId})")]
    public static partial void Retrying(ILogger logger, int attempt, string resource, SourceKind source, FailureKind kind, int? status, TimeSpan pause, Guid correlationId);

    [LoggerMessage(4, LogLevel.Debug, "Attempt {Attempt} for {Resource}: no connection to {Endpoint} yet; next in {Pause} (correlation id {CorrelationId})")]
    public static partial void Reconnecting(ILogger logger, int attempt, string resource, string endpoint, TimeSpan pause, Guid correlationId);

    [LoggerMessage(5, LogLevel.Warning, "No token: {Failure}")]
    public static partial void Failed(ILogger logger, TokenFailure failure);

    [LoggerMessage(6, LogLevel.Information, "This machine has no managed identity endpoint: {Failure}")]
    public static partial void Absent(ILogger logger, TokenFailure failure);

    [LoggerMessage(7, LogLevel.Warning, "The renewal of a token in the background failed; the old one is valid until {ExpiresOn:u}: {Failure}")]
    public static partial void RefreshFailed(ILogger logger, DateTimeOffset expiresOn, TokenFailure failure);

    [LoggerMessage(8, LogLevel.Error, "The renewal of a token in the background ended in an unexpected error")]
    public static partial void RefreshBroke(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "{Source} gave a token for {Resource} a lifetime of {Lifetime}; it is taken to live {Most}")]
    public static partial void LifetimeClamped(ILogger logger, SourceKind source, string resource, TimeSpan lifetime, TimeSpan most);

    [LoggerMessage(10, LogLevel.Warning, "The identity of a token from {Source} was not verified: verification is switched off")]
    public static partial void NotVerified(ILogger logger, SourceKind source);

    [LoggerMessage(11, LogLevel.Debug, "The Azure Arc agent has challenged; reading its key file (correlation id {CorrelationId})")]
    public static partial void ReadingKey(ILogger logger, Guid correlationId);
}
