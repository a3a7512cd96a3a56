namespace Keyless.Msal;

/// <summary>Which cache a token came from.</summary>
public enum CacheLevel
{
    /// <summary>From none.</summary>
    None = 0,

    /// <summary>Not known.</summary>
    Unknown = 1,

    /// <summary>From memory.</summary>
    L1Cache = 2,

    /// <summary>From a cache outside the process; never so here.</summary>
    L2Cache = 3,
}
