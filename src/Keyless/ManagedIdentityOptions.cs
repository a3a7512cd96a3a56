using Microsoft.Extensions.Logging;

namespace Keyless;

/// <summary>How a <see cref="ManagedIdentityClient"/> works. Immutable; checked once, by the client's constructor.</summary>
public sealed record ManagedIdentityOptions
{
    /// <summary>The identity that tokens are for.</summary>
    /// <value>The default is <see cref="ManagedIdentity.SystemAssigned"/>.</value>
    public ManagedIdentity Identity { get; init; } = ManagedIdentity.SystemAssigned;

    /// <summary>The source to use, whatever else is found on the machine.</summary>
    /// <value>The default is null: it is detected, anew at each request that is sent.</value>
    public SourceKind? Source { get; init; }

    /// <summary>The time budget of one acquisition, all attempts and pauses together.</summary>
    /// <value>
    /// The default is null, which means 30 seconds; 3 seconds as long as nothing has shown that a managed identity
    /// endpoint exists at an address that nothing announced; 100 seconds while IMDS says (by 410) that it is being updated.
    /// A value given here holds in every case.
    /// </value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The time that one attempt may take, from connecting to the last byte of the answer.</summary>
    /// <value>The default is 10 seconds.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether requests that failed are sent again as the source's retry table says.</summary>
    /// <value>The default is true. With false each acquisition is one attempt, for applications that repeat calls themselves.</value>
    public bool Retries { get; init; } = true;

    /// <summary>How long before its expiry a token is no longer handed out, unless no new one can be had.</summary>
    /// <value>The default is 30 seconds; for a token that lives less than 5 minutes, a tenth of its life.</value>
    public TimeSpan ExpirySkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a failure that repeating can't mend is answered from memory, so that a misconfigured service does not hammer its host.</summary>
    /// <value>The default is 10 seconds; zero turns it off.</value>
    public TimeSpan FailureMemory { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the identity that a token was issued to is compared with the one asked for.</summary>
    /// <value>The default is true. With false, a host that answers with another identity goes unnoticed.</value>
    public bool VerifyIdentity { get; init; } = true;

    /// <summary>What the application understands, such as <c>cp1</c> for claims challenges; sent as <c>xms_cc</c> to sources that take it.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<string> ClientCapabilities { get; init; } = [];

    /// <summary>Hosts, besides loopback and link-local ones, that may be spoken to over plain http.</summary>
    /// <value>The default is empty: a token travels in clear text only where it can't leave the machine.</value>
    public IReadOnlyList<string> PlainHttpHosts { get; init; } = [];

    /// <summary>The cache; several clients may share one.</summary>
    /// <value>
    /// The default is null: the process's one cache, <see cref="TokenCache.Shared"/>; or a cache of the client's own if
    /// <see cref="Environment"/>, <see cref="Handler"/>, <see cref="PinnedHandlerFactory"/> or <see cref="TimeProvider"/> is set.
    /// </value>
    public TokenCache? Cache { get; init; }

    /// <summary>The machine that the client takes itself to run on.</summary>
    /// <value>The default is <see cref="MachineEnvironment.Process"/>.</value>
    public MachineEnvironment Environment { get; init; } = MachineEnvironment.Process;

    /// <summary>What requests are sent by, in place of the client's own transport. Not disposed by the client.</summary>
    /// <value>The default is null.</value>
    /// <remarks>Not used for Service Fabric, whose certificate must be pinned: see <see cref="PinnedHandlerFactory"/>.</remarks>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Makes the handler for Service Fabric: it is given the SHA-1 or SHA-256 thumbprint to pin, in hexadecimal, and must accept no other certificate.</summary>
    /// <value>The default is null: the client's own transport, which pins.</value>
    public Func<string, HttpMessageHandler>? PinnedHandlerFactory { get; init; }

    /// <summary>The clock.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The source of jitter, from 0 inclusive to 1 exclusive; called from several threads.</summary>
    /// <value>The default is null: the platform's shared random source.</value>
    public Func<double>? Random { get; init; }

    /// <summary>Where logs go.</summary>
    /// <value>The default is null: nowhere. Secrets are not logged at any level; nothing is logged on a cache hit.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Told of the outcome of each renewal in the background.</summary>
    internal Action<TokenResult>? Renewed { get; init; }

    /// <summary>What tokens depend on beside source, identity and resource; clients with different ones share none.</summary>
    internal string CacheScope { get; init; } = "";
}
