namespace Keyless.Msal;

/// <summary>Where a returned token came from.</summary>
public enum TokenSource
{
    /// <summary>From the managed identity endpoint.</summary>
    IdentityProvider = 0,

    /// <summary>From this process's cache.</summary>
    Cache = 1,

    /// <summary>From a broker; never so for managed identities.</summary>
    Broker = 2,
}
