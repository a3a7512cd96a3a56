namespace Keyless;

/// <summary>Why the endpoint was, or is being, asked.</summary>
public enum AcquisitionReason
{
    /// <summary>It was not asked: the cached token is fresh.</summary>
    None,

    /// <summary>No token was cached.</summary>
    NoCachedToken,

    /// <summary>The cached token had expired, or was about to.</summary>
    Expired,

    /// <summary>The caller asked for it, or presented a claims challenge.</summary>
    ForcedOrClaims,

    /// <summary>The cached token is valid but due for renewal; it was returned at once and is renewed in the background.</summary>
    RefreshAhead,
}
