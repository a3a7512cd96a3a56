using System.Runtime.CompilerServices;
using Keyless.Acquisition;
using Keyless.Caching;

namespace Keyless;

/// <summary>Tokens for a managed identity, from whichever source this machine has: cached, renewed ahead of time, one request however many callers.</summary>
/// <remarks>
/// Thread-safe; make one and keep it. The constructor sends nothing and reads no file. Nothing needs to be disposed.
/// A cache hit completes synchronously and allocates nothing.
/// </remarks>
public sealed class ManagedIdentityClient : ITokenProvider
{
    private readonly TokenAcquirer _acquirer;
    private readonly ResourceDirectory _resources;

    /// <summary>A client for the system-assigned identity.</summary>
    public ManagedIdentityClient()
        : this(new ManagedIdentityOptions())
    {
    }

    /// <summary>A client for an identity.</summary>
    /// <param name="identity">The identity.</param>
    /// <exception cref="ArgumentNullException"><paramref name="identity"/> is null.</exception>
    public ManagedIdentityClient(ManagedIdentity identity)
        : this(new ManagedIdentityOptions { Identity = identity ?? throw new ArgumentNullException(nameof(identity)) })
    {
    }

    /// <summary>A client with options.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">An option's value makes no sense; the message names it.</exception>
    public ManagedIdentityClient(ManagedIdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.Throw(options);
        _acquirer = new TokenAcquirer(options);
        _resources = _acquirer.Resources;
    }

    /// <summary>Gets a token for a resource, from the cache if it can.</summary>
    /// <param name="resource">The resource, such as <c>https://vault.azure.net</c>, or its scope <c>https://vault.azure.net/.default</c>.</param>
    /// <param name="cancellationToken">Ends this call's waiting, nobody else's. A call that the cache can answer is answered even if it is already cancelled.</param>
    /// <returns>The token. Await the value once.</returns>
    /// <exception cref="ArgumentException"><paramref name="resource"/> can't name one resource; the message says what may be meant.</exception>
    /// <exception cref="ManagedIdentityException">No token could be had; the exception says why and what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<AccessToken> GetTokenAsync(string resource, CancellationToken cancellationToken = default) =>
        Find(resource).GetTokenAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<AccessToken> GetTokenAsync(TokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsPlain(request)
            ? Find(request.Resource).GetTokenAsync(cancellationToken)
            : _acquirer.GetAsync(async: true, Specify(request), cancellationToken);
    }

    /// <summary>Gets a token without any asynchronous call: blocks this thread alone, and needs none of the pool to go on.</summary>
    /// <inheritdoc cref="GetTokenAsync(string, CancellationToken)" path="/param"/>
    /// <inheritdoc cref="GetTokenAsync(string, CancellationToken)" path="/exception"/>
    /// <returns>The token.</returns>
    public AccessToken GetToken(string resource, CancellationToken cancellationToken = default) =>
        Find(resource).GetToken(cancellationToken);

    /// <summary>Gets a token without any asynchronous call: blocks this thread alone, and needs none of the pool to go on.</summary>
    /// <inheritdoc cref="GetTokenAsync(TokenRequest, CancellationToken)" path="/param"/>
    /// <inheritdoc cref="GetTokenAsync(TokenRequest, CancellationToken)" path="/exception"/>
    /// <returns>The token.</returns>
    public AccessToken GetToken(TokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsPlain(request)
            ? Find(request.Resource).GetToken(cancellationToken)
            : Blocking.Result(_acquirer.GetAsync(async: false, Specify(request), cancellationToken));
    }

    /// <summary>Gets a token or the reason why there is none, without throwing for the latter.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends this call's waiting.</param>
    /// <returns>The token or the failure.</returns>
    /// <exception cref="ArgumentException">The request's resource can't name one resource.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<TokenResult> TryGetTokenAsync(TokenRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return IsPlain(request)
            ? Find(request.Resource).TryGetTokenAsync(cancellationToken)
            : _acquirer.TryGetAsync(Specify(request), cancellationToken);
    }

    /// <summary>A handle for one resource: the fastest way to a cached token, for callers that always want the same.</summary>
    /// <param name="resource">The resource or its scope.</param>
    /// <exception cref="ArgumentException"><paramref name="resource"/> can't name one resource.</exception>
    public ResourceTokens ForResource(string resource) => Find(resource);

    /// <summary>Which source would be asked now, by which rule, and why not the others. Sends nothing.</summary>
    public SourceDetection DetectSource() => _acquirer.DetectSource();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ResourceTokens Find(string resource)
    {
        // Callers nearly always pass the same string object again.
        var recent = _resources.Recent;
        return recent is not null && ReferenceEquals(recent.Given, resource) ? recent : Look(resource);
    }

    private ResourceTokens Look(string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return _resources.Find(resource);
    }

    private static bool IsPlain(TokenRequest request) =>
        request is { ForceRefresh: false, Claims: null, RejectedToken: null, Identity: null, CorrelationId: null };

    private AcquisitionRequest Specify(TokenRequest request) => new(
        ResourceName.Normalise(request.Resource),
        request.Identity ?? _acquirer.Identity,
        new AcquisitionTerms(request.ForceRefresh, request.Claims is not null, request.RejectedToken),
        request.CorrelationId);
}
