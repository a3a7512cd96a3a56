using System.Net;

namespace Keyless;

/// <summary>No token could be had. <see cref="Kind"/> says why; the message ends with what to do next.</summary>
public sealed class ManagedIdentityException : Exception
{
    /// <summary>Makes an exception of a failure.</summary>
    /// <param name="failure">What went wrong.</param>
    public ManagedIdentityException(TokenFailure failure)
        : base(failure?.ToString(), failure?.Cause)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>All that is known about it.</summary>
    public TokenFailure Failure { get; }

    /// <inheritdoc cref="TokenFailure.Kind"/>
    public FailureKind Kind => Failure.Kind;

    /// <inheritdoc cref="TokenFailure.ErrorCode"/>
    public string ErrorCode => Failure.ErrorCode;

    /// <summary>The source that was chosen. Null: none was.</summary>
    public new SourceKind? Source => Failure.Source;

    /// <inheritdoc cref="TokenFailure.StatusCode"/>
    public HttpStatusCode? StatusCode => Failure.StatusCode;

    /// <inheritdoc cref="TokenFailure.IsTransient"/>
    public bool IsTransient => Failure.IsTransient;

    /// <inheritdoc cref="TokenFailure.IsFallbackSafe"/>
    public bool IsFallbackSafe => Failure.IsFallbackSafe;

    /// <inheritdoc cref="TokenFailure.RetryAfter"/>
    public TimeSpan? RetryAfter => Failure.RetryAfter;

    /// <inheritdoc cref="TokenFailure.CorrelationId"/>
    public Guid CorrelationId => Failure.CorrelationId;

    /// <inheritdoc cref="TokenFailure.HostCorrelationId"/>
    public string? HostCorrelationId => Failure.HostCorrelationId;

    /// <inheritdoc cref="TokenFailure.Attempts"/>
    public int Attempts => Failure.Attempts;

    /// <inheritdoc cref="TokenFailure.Elapsed"/>
    public TimeSpan Elapsed => Failure.Elapsed;

    /// <inheritdoc cref="TokenFailure.NextStep"/>
    public string NextStep => Failure.NextStep;
}
