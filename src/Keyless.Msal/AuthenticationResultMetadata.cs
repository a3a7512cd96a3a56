#nullable disable annotations

namespace Keyless.Msal;

/// <summary>How a token was acquired.</summary>
/// <param name="tokenSource">Where it came from.</param>
public class AuthenticationResultMetadata(TokenSource tokenSource)
{
    /// <summary>Where the token came from. All who waited for one request say that it came from the endpoint.</summary>
    public TokenSource TokenSource { get; } = tokenSource;

    /// <summary>The address that was asked, without query; null from the cache.</summary>
    public string TokenEndpoint { get; set; }

    /// <summary>How long the call took, in milliseconds; 0 for a hit, which takes less than a microsecond.</summary>
    public long DurationTotalInMs { get; set; }

    /// <summary>The time spent in the cache, in milliseconds; always 0.</summary>
    public long DurationInCacheInMs { get; set; }

    /// <summary>
    /// How long the acquisition from the endpoint took, in milliseconds, retries and the pauses between them included; 0 from the cache.
    /// </summary>
    public long DurationInHttpInMs { get; set; }

    /// <summary>From when on the token is renewed in the background (UTC).</summary>
    public DateTimeOffset? RefreshOn { get; set; }

    /// <summary>Why the endpoint was, or is being, asked.</summary>
    public CacheRefreshReason CacheRefreshReason { get; set; }

    /// <summary>Which cache the token came from.</summary>
    public CacheLevel CacheLevel { get; set; }

    /// <summary>The region; managed identities need none.</summary>
    public RegionDetails RegionDetails { get; set; }

    /// <summary>The time spent on binding the token, in microseconds; always 0.</summary>
    public long DurationCreatingExtendedTokenInUs { get; set; }

    /// <summary>What the endpoint sent for telemetry; null for managed identities.</summary>
    public string Telemetry { get; set; }

    /// <summary>How many tokens have a place in the cache.</summary>
    public int CachedAccessTokenCount { get; set; }

    internal AuthenticationResultMetadata Copy() => (AuthenticationResultMetadata)MemberwiseClone();
}
