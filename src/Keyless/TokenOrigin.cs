namespace Keyless;

/// <summary>Where a returned token came from.</summary>
public enum TokenOrigin
{
    /// <summary>
    /// From this process's cache; nothing was sent for this call, or else (<see cref="AcquisitionReason.Expired"/>) nothing came of it and
    /// the token, though about to expire, still lives.
    /// </summary>
    Cache,

    /// <summary>From the endpoint, and it was not in this process's cache before.</summary>
    Endpoint,

    /// <summary>The endpoint was asked and handed out the same token again, from the platform's own cache.</summary>
    EndpointUnchanged,
}
