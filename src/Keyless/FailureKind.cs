namespace Keyless;

/// <summary>The closed list of what can go wrong. Each has a cause and a cure in <c>docs/errors.md</c> and in <see cref="FailureGuide"/>.</summary>
public enum FailureKind
{
    /// <summary>An endpoint variable holds something that is no usable address.</summary>
    InvalidEndpoint,

    /// <summary>An endpoint variable holds a plain-http address of a host that is neither loopback nor link-local.</summary>
    InsecureEndpoint,

    /// <summary>A variable that the chosen source needs is missing or unusable.</summary>
    InvalidConfiguration,

    /// <summary>The source does not serve user-assigned identities.</summary>
    IdentityNotSupported,

    /// <summary>The source chooses the identity in its own configuration, not at run time.</summary>
    IdentityNotConfigurable,

    /// <summary>The source does not take this kind of id.</summary>
    IdentityKindNotSupported,

    /// <summary>Nothing announced an endpoint, and nothing is at the default address: this machine has no managed identity.</summary>
    NoManagedIdentity,

    /// <summary>The announced endpoint could not be connected to.</summary>
    EndpointUnreachable,

    /// <summary>The connection broke while a request was under way.</summary>
    ConnectionLost,

    /// <summary>The endpoint's certificate is not the one that was announced, or is not trusted.</summary>
    CertificateRefused,

    /// <summary>The time budget ran out.</summary>
    TimedOut,

    /// <summary>The endpoint says that it is asked too often.</summary>
    Throttled,

    /// <summary>The endpoint says that it can't answer now.</summary>
    EndpointUnavailable,

    /// <summary>The identity that was asked for does not exist or is not assigned to this machine.</summary>
    IdentityNotFound,

    /// <summary>Several identities are assigned and none was chosen.</summary>
    IdentityAmbiguous,

    /// <summary>The resource is not known to the tenant, or its name is malformed.</summary>
    ResourceNotFound,

    /// <summary>The endpoint refused the caller.</summary>
    AccessDenied,

    /// <summary>The endpoint refused the request for another reason.</summary>
    RequestRefused,

    /// <summary>Something answers at the address, but it is no managed identity endpoint.</summary>
    NotAnEndpoint,

    /// <summary>The endpoint answered 200 with something that holds no token.</summary>
    InvalidResponse,

    /// <summary>The expiry of the token could not be read.</summary>
    InvalidExpiry,

    /// <summary>The endpoint handed out a token that has expired.</summary>
    TokenExpired,

    /// <summary>The endpoint handed out a token of another identity than the one asked for.</summary>
    WrongIdentity,

    /// <summary>After a claims challenge the endpoint handed out the rejected token again.</summary>
    RejectedTokenReturned,

    /// <summary>The Azure Arc agent's challenge could not be understood or was not to be trusted.</summary>
    ArcChallengeRefused,

    /// <summary>The key file that the Azure Arc agent named could not be read.</summary>
    ArcKeyUnreadable,
}
