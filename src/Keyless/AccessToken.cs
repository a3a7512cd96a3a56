using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Keyless.Caching;

namespace Keyless;

/// <summary>A token, with what is known about it. Its text appears only where <see cref="Token"/> or <see cref="Authorization"/> is read.</summary>
/// <remarks>
/// A pointer-sized view of the immutable cache entry, so that returning one allocates nothing.
/// <c>default</c> is not a token; its <see cref="Token"/> is empty.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct AccessToken : IEquatable<AccessToken>
{
    private readonly TokenEntry? _entry;
    private readonly byte _origin;
    private readonly byte _reason;

    internal AccessToken(TokenEntry entry, TokenOrigin origin, AcquisitionReason reason)
    {
        _entry = entry;
        _origin = (byte)origin;
        _reason = (byte)reason;
    }

    /// <summary>Makes a token by hand, for tests and for fakes of <see cref="ITokenProvider"/>.</summary>
    /// <param name="token">The token's text.</param>
    /// <param name="expiresOn">When it expires (UTC).</param>
    /// <param name="resource">The resource it is for.</param>
    /// <exception cref="ArgumentException"><paramref name="token"/> is null or empty.</exception>
    public AccessToken(string token, DateTimeOffset expiresOn, string resource = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        _entry = new TokenEntry(token) { ExpiresOn = expiresOn, RefreshOn = expiresOn, Resource = resource };
        _origin = (byte)TokenOrigin.Endpoint;
    }

    /// <summary>The token's text. Opaque: do not read meaning into it.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Token => _entry?.Token ?? "";

    /// <summary>The ready-made <c>Authorization</c> header; the same object at each read.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public AuthenticationHeaderValue Authorization =>
        _entry?.Authorization ?? throw new InvalidOperationException("This access token is empty: it was not returned by a client.");

    /// <summary>The type to present it as, normally <c>Bearer</c>.</summary>
    public string TokenType => _entry?.TokenType ?? "";

    /// <summary>When the token expires (UTC).</summary>
    public DateTimeOffset ExpiresOn => _entry?.ExpiresOn ?? default;

    /// <summary>When the client will begin to renew it in the background, if it is still used by then (UTC).</summary>
    public DateTimeOffset RefreshOn => _entry?.RefreshOn ?? default;

    /// <summary>The resource it was asked for, without <c>/.default</c>.</summary>
    public string Resource => _entry?.Resource ?? "";

    /// <summary>The kind of endpoint that handed it out.</summary>
    public SourceKind Source => _entry?.Source ?? default;

    /// <summary>The endpoint that handed it out, without query. Null for a token made by hand.</summary>
    public Uri? Endpoint => _entry?.Endpoint;

    /// <summary>How long the acquisition from the endpoint took, retries included.</summary>
    public TimeSpan AcquiredIn => _entry?.AcquiredIn ?? default;

    /// <summary>The correlation id under which it was acquired.</summary>
    public Guid CorrelationId => _entry?.CorrelationId ?? default;

    /// <summary>Whether this call took it from the cache or from the endpoint, and in the latter case whether it was a new one.</summary>
    public TokenOrigin Origin => (TokenOrigin)_origin;

    /// <summary>Why the endpoint was asked, if it was.</summary>
    public AcquisitionReason Reason => (AcquisitionReason)_reason;

    /// <summary>Whether two values are the same token.</summary>
    public static bool operator ==(AccessToken left, AccessToken right) => left.Equals(right);

    /// <summary>Whether two values are different tokens.</summary>
    public static bool operator !=(AccessToken left, AccessToken right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(AccessToken other) => string.Equals(Token, other.Token, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AccessToken other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Token.GetHashCode(StringComparison.Ordinal);

    /// <summary>Names type, resource, source and expiry; never the token.</summary>
    public override string ToString() => _entry is null
        ? "(no token)"
        : FormattableString.Invariant($"{TokenType} token for {Resource} from {Source}, expires {ExpiresOn.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z (text hidden)");
}
