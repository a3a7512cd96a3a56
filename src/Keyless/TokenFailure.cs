using System.Net;
using System.Text.Json.Serialization;

namespace Keyless;

/// <summary>Why no token could be had: the same facts as in <see cref="ManagedIdentityException"/>, as a value.</summary>
/// <remarks>Holds no secrets: what a host said is kept only after secrets and tokens have been struck out.</remarks>
public sealed record TokenFailure
{
    /// <summary>Makes a failure; public so that fakes of <see cref="ITokenProvider"/> can.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">One or two sentences for people.</param>
    public TokenFailure(FailureKind kind, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Kind = kind;
        Message = message;
        ErrorCode = FailureGuide.For(kind).ErrorCode;
        IsTransient = FailureGuide.For(kind).IsTransient;
        NextStep = FailureGuide.For(kind).Cure;
    }

    /// <summary>What went wrong.</summary>
    public FailureKind Kind { get; }

    /// <summary>What happened, for people.</summary>
    public string Message { get; init; }

    /// <summary>The error code that MSAL.NET uses for it, such as <c>managed_identity_request_failed</c>.</summary>
    public string ErrorCode { get; init; }

    /// <summary>What to do next, for people.</summary>
    public string NextStep { get; init; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether a caller with other credentials to try may go on to them: true only where an identity that nobody named is simply absent.</summary>
    public bool IsFallbackSafe { get; init; }

    /// <summary>How long to wait before the next call, where the host or the schedule says so. Null: nothing is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The source that was chosen. Null: none was.</summary>
    public SourceKind? Source { get; init; }

    /// <summary>The address that was, or would have been, asked; without query.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The resource that the token was for.</summary>
    public string? Resource { get; init; }

    /// <summary>The identity that the token was for.</summary>
    public ManagedIdentity? Identity { get; init; }

    /// <summary>The status of the last answer. Null: there was none.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>The endpoint's own error code.</summary>
    public string? HostErrorCode { get; init; }

    /// <summary>The endpoint's own error text, at most 1,024 characters, with secrets struck out.</summary>
    public string? HostMessage { get; init; }

    /// <summary>The correlation id that the endpoint gave; quote it to the platform's support.</summary>
    public string? HostCorrelationId { get; init; }

    /// <summary>The answer behind it, for those who pass it on.</summary>
    internal HostAnswer? HostAnswer { get; init; }

    /// <summary>This client's correlation id for the acquisition.</summary>
    public Guid CorrelationId { get; init; }

    /// <summary>How many requests were sent, or tried to be.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the acquisition took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The exception of the platform that lies behind it, if there was one. Left out of JSON: serialisers can't write exceptions.</summary>
    [JsonIgnore]
    public Exception? Cause { get; init; }

    /// <summary>The message, the facts and the next step.</summary>
    public override string ToString() => FailureText.Compose(this);
}
