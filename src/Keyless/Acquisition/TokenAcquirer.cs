using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Keyless.Caching;
using Keyless.Diagnostics;
using Keyless.Pipeline;
using Keyless.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Keyless.Acquisition;

/// <summary>
/// What happens when a look at the cache does not suffice: detect the source, find the place in the cache, answer from it, and renew or
/// acquire. The environment is read anew each time, so that endpoints and secrets that the platform rotates are picked up.
/// </summary>
internal sealed class TokenAcquirer
{
    private readonly ManagedIdentityOptions _options;
    private readonly TokenCache _cache;
    private readonly SlotTerms _slotTerms;
    private readonly PipelineSettings _settings;
    private readonly ConnectionMemory _connections;

    public TokenAcquirer(ManagedIdentityOptions options)
    {
        _options = options;
        _cache = options.Cache ?? (IsOrdinary(options) ? TokenCache.Shared : new TokenCache());
        _connections = new ConnectionMemory(options);
        Clock = new CacheClock(options.TimeProvider);
        Resources = new ResourceDirectory(this, _cache.Capacity);

        var random = options.Random ?? SharedRandom;
        var limits = new TimeLimits(options.Timeout, options.AttemptTimeout);
        _slotTerms = new SlotTerms(Clock, options.TimeProvider, random, options.FailureMemory, limits.Longest);
        _settings = new PipelineSettings
        {
            Time = options.TimeProvider,
            Random = random,
            Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger(Log.Category),
            Transport = new EndpointTransport(options.Handler, options.PinnedHandlerFactory),
            Gates = _cache.Gates,
            Limits = limits,
            ExpirySkew = options.ExpirySkew,
            VerifyIdentity = options.VerifyIdentity,
            Retries = options.Retries,
        };
    }

    public CacheClock Clock { get; }

    public ManagedIdentity Identity => _options.Identity;

    public ResourceDirectory Resources { get; }

    public SourceDetection DetectSource() => SourceDetector.Detect(_options.Environment);

    /// <summary>The way of a plain call whose token is not known to be fresh.</summary>
    public ValueTask<AccessToken> GetAsync(ResourceTokens tokens, bool async, CancellationToken cancellationToken) =>
        TryGetCached(tokens, out var token) ? new ValueTask<AccessToken>(token) : AcquireAsync(tokens, async, cancellationToken);

    public ValueTask<TokenResult> TryGetAsync(ResourceTokens tokens, CancellationToken cancellationToken) =>
        TryGetCached(tokens, out var token) ? new ValueTask<TokenResult>(new TokenResult(token)) : TryAcquireAsync(tokens, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AccessToken> GetAsync(bool async, AcquisitionRequest request, CancellationToken cancellationToken)
    {
        var (place, slot) = Locate(request);
        var outcome = await AskAsync(async, request, place, slot, cancellationToken).ConfigureAwait(false);
        return Settle(outcome, request, slot).ToAccessToken();
    }

    public async ValueTask<TokenResult> TryGetAsync(AcquisitionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var (place, slot) = Locate(request);
            var outcome = await AskAsync(async: true, request, place, slot, cancellationToken).ConfigureAwait(false);
            return Settle(outcome, request, slot).ToResult();
        }
        catch (ManagedIdentityException e)
        {
            return new TokenResult(e.Failure);
        }
    }

    /// <summary>Renews a stale token. The caller has claimed the renewal of <paramref name="claimed"/>.</summary>
    /// <param name="request">What the token is for.</param>
    /// <param name="tokens">The handle that is to find the new token; null if the request came without one.</param>
    /// <param name="claimed">Where the old token is.</param>
    /// <param name="old">The old token.</param>
    public async Task RefreshAsync(AcquisitionRequest request, ResourceTokens? tokens, TokenSlot claimed, TokenEntry old)
    {
        try
        {
            FetchOutcome outcome;
            TokenSlot? slot = null;
            try
            {
                (var place, slot) = Locate(request);
                outcome = await slot.RefreshAsync(Fetch(request, place), _slotTerms).ConfigureAwait(false);
            }
            catch (ManagedIdentityException e)
            {
                outcome = new FetchOutcome(e.Failure);
            }

            if (outcome.Failure is { } failure)
            {
                Log.RefreshFailed(_settings.Logger, old.ExpiresOn, failure);

                // The platform may have moved the endpoint, so that the failure is another slot's.
                if (!ReferenceEquals(slot, claimed))
                    claimed.PostponeRefresh(failure.RetryAfter, _slotTerms);
            }
            else if (outcome.Entry is not null && tokens is not null)
            {
                tokens.Slot = slot;
            }

            if (_options.Renewed is { } renewed && (outcome.Failure is not null || outcome.Entry is not null))
                renewed(outcome.ToResult());
        }
        finally
        {
            claimed.ReleaseRefresh();
        }
    }

    public void RefreshBroke(Exception exception) => Log.RefreshBroke(_settings.Logger, exception);

    // A stale token is returned at once, and renewed behind the caller's back.
    private bool TryGetCached(ResourceTokens tokens, out AccessToken token)
    {
        if (!ReferenceEquals(Resources.Recent, tokens))
            Resources.Recent = tokens;
        if (tokens.Slot is { Entry: { } entry } slot && Clock.Check(entry) is var state && state != EntryState.Invalid)
        {
            if (state == EntryState.Stale && slot.TryClaimRefresh(Clock.Now))
                RefreshInBackground(Plain(tokens), tokens, slot, entry);
            Telemetry.CacheHit();
            token = new AccessToken(entry, TokenOrigin.Cache, state == EntryState.Stale ? AcquisitionReason.RefreshAhead : AcquisitionReason.None);
            return true;
        }

        token = default;
        return false;
    }

    private void RefreshInBackground(AcquisitionRequest request, ResourceTokens? tokens, TokenSlot slot, TokenEntry entry) =>
        ThreadPool.UnsafeQueueUserWorkItem(new BackgroundRefresh(this, request, tokens, slot, entry), preferLocal: false);

    private AcquisitionRequest Plain(ResourceTokens tokens) => new(tokens.Resource, Identity, default, correlationId: null);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<AccessToken> AcquireAsync(ResourceTokens tokens, bool async, CancellationToken cancellationToken)
    {
        var request = Plain(tokens);
        var (place, slot) = Locate(request);
        var outcome = await AskAsync(async, request, place, slot, cancellationToken).ConfigureAwait(false);
        tokens.Slot = slot;
        return Settle(outcome, request, slot).ToAccessToken();
    }

    private async ValueTask<TokenResult> TryAcquireAsync(ResourceTokens tokens, CancellationToken cancellationToken)
    {
        try
        {
            var request = Plain(tokens);
            var (place, slot) = Locate(request);
            var outcome = await AskAsync(async: true, request, place, slot, cancellationToken).ConfigureAwait(false);
            tokens.Slot = slot;
            return Settle(outcome, request, slot).ToResult();
        }
        catch (ManagedIdentityException e)
        {
            return new TokenResult(e.Failure);
        }
    }

    private (ConnectionMemory.Place Place, TokenSlot Slot) Locate(in AcquisitionRequest request)
    {
        var place = Connect(request);
        return (place, SlotFor(request, place));
    }

    private ValueTask<FetchOutcome> AskAsync(
        bool async, in AcquisitionRequest request, ConnectionMemory.Place place, TokenSlot slot, CancellationToken cancellationToken) =>
        slot.AcquireAsync(async, Fetch(request, place), request.Terms, _slotTerms, cancellationToken);

    // What another client has put into the cache is a hit like any other, and renewed ahead of time like any other.
    private FetchOutcome Settle(FetchOutcome outcome, in AcquisitionRequest request, TokenSlot slot)
    {
        if (outcome is { Entry: { } entry, Origin: TokenOrigin.Cache })
        {
            Telemetry.CacheHit();
            if (outcome.Reason == AcquisitionReason.RefreshAhead && slot.TryClaimRefresh(Clock.Now))
                RefreshInBackground(request with { Terms = default }, tokens: null, slot, entry);
        }

        return outcome;
    }

    private ConnectionMemory.Place Connect(in AcquisitionRequest request)
    {
        try
        {
            return _connections.Connect();
        }
        catch (ManagedIdentityException e)
        {
            var failure = e.Failure with { Resource = request.Resource, Identity = request.Identity };
            Log.Failed(_settings.Logger, failure);
            throw new ManagedIdentityException(failure);
        }
    }

    private TokenSlot SlotFor(in AcquisitionRequest request, ConnectionMemory.Place place) =>
        _cache.GetSlot(new TokenKey(place.Scope, request.Identity, request.Resource), Clock.Now);

    private EndpointFetch Fetch(in AcquisitionRequest request, ConnectionMemory.Place place) =>
        new(_settings, place.Connection, new TokenQuery(request.Identity, request.Resource)
        {
            CorrelationId = request.CorrelationId ?? Guid.NewGuid(),
            Capabilities = _options.ClientCapabilities,
        });

    private static bool IsOrdinary(ManagedIdentityOptions options) =>
        options.Handler is null
        && options.PinnedHandlerFactory is null
        && ReferenceEquals(options.Environment, MachineEnvironment.Process)
        && ReferenceEquals(options.TimeProvider, TimeProvider.System);

    [SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The default of the injected source.")]
    private static double SharedRandom() => Random.Shared.NextDouble();
}
