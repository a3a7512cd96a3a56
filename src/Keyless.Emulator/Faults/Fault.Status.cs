using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <content>Answers with a status in place of the host's own.</content>
public abstract partial record Fault
{
    /// <summary>A refusal as too many requests (429), in the host's dialect.</summary>
    /// <param name="retryAfter">The <c>Retry-After</c> header, in seconds. Null: none.</param>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) =>
        Status(429, retryAfter: retryAfter is { } time ? Faults.RetryAfter.Seconds(time) : null);

    /// <summary>An answer of any status.</summary>
    /// <param name="status">From 200 to 599.</param>
    /// <param name="text">The error's text. Null: what a platform would say.</param>
    /// <param name="code">The error's code, where the host's dialect has one. Null: what a platform would say.</param>
    /// <param name="body">What the body looks like.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header. Null: none.</param>
    /// <param name="server">The <c>Server</c> header. Null: the host's own, if it has one. Empty: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is none.</exception>
    public static Fault Status(
        int status,
        string? text = null,
        string? code = null,
        FaultBody body = FaultBody.Platform,
        RetryAfter? retryAfter = null,
        string? server = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        return new StatusFault(status, code, text, body, retryAfter, server);
    }

    /// <summary>An answer with a body of one's own, byte for byte.</summary>
    /// <param name="status">From 200 to 599.</param>
    /// <param name="content">The body, which is sent in UTF-8.</param>
    /// <param name="contentType">The body's type.</param>
    /// <param name="retryAfter">The <c>Retry-After</c> header. Null: none.</param>
    /// <param name="server">The <c>Server</c> header. Null or empty: none.</param>
    /// <exception cref="ArgumentException">The status is none, or the type cannot stand in a header.</exception>
    public static Fault Answer(
        int status,
        string content,
        string contentType = EndpointAnswer.JsonContentType,
        RetryAfter? retryAfter = null,
        string? server = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        if (!HeaderText.IsValid(contentType))
            throw new ArgumentException($"Give {HeaderText.Wanted}.", nameof(contentType));
        return new StatusFault(status, Code: null, Text: null, FaultBody.Platform, retryAfter, server)
        {
            Content = content,
            MediaType = contentType,
        };
    }

    /// <summary>Nothing: the host's own answer. Later rules have no turn, so that it shields a request from them.</summary>
    public static Fault Pass() => new PassFault();
}
