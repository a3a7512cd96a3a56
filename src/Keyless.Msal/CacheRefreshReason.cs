namespace Keyless.Msal;

/// <summary>Why the endpoint was, or is being, asked.</summary>
public enum CacheRefreshReason
{
    /// <summary>It was not asked.</summary>
    NotApplicable = 0,

    /// <summary>The caller asked for it, or presented a claims challenge.</summary>
    ForceRefreshOrClaims = 1,

    /// <summary>No token was cached.</summary>
    NoCachedAccessToken = 2,

    /// <summary>The cached token had expired, or was about to.</summary>
    Expired = 3,

    /// <summary>The cached token was returned and is renewed in the background.</summary>
    ProactivelyRefreshed = 4,

    /// <summary>There is no cache; never so here.</summary>
    CacheDisabled = 5,
}
