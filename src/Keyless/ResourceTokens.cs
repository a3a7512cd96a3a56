using Keyless.Acquisition;
using Keyless.Caching;
using Keyless.Diagnostics;

namespace Keyless;

/// <summary>The tokens of one resource: a handle that holds its place in the cache, so that a hit is no more than a look at it.</summary>
/// <remarks>Thread-safe. Made by <see cref="ManagedIdentityClient.ForResource"/>.</remarks>
public sealed class ResourceTokens
{
    private readonly TokenAcquirer _acquirer;
    private readonly CacheClock _clock;
    private TokenSlot? _slot;

    internal ResourceTokens(TokenAcquirer acquirer, string given)
    {
        _acquirer = acquirer;
        _clock = acquirer.Clock;
        Given = given;
        Resource = ResourceName.Normalise(given);
    }

    /// <summary>The resource, without <c>/.default</c>.</summary>
    public string Resource { get; }

    /// <summary>The resource as the caller wrote it.</summary>
    internal string Given { get; }

    /// <summary>Gets a token, from the cache if it can.</summary>
    /// <param name="cancellationToken">Ends this call's waiting, nobody else's. A call that the cache can answer is answered even if it is already cancelled.</param>
    /// <returns>The token. Await the value once.</returns>
    /// <exception cref="ManagedIdentityException">No token could be had; the exception says why and what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
        TryGetFresh(out var token) ? new ValueTask<AccessToken>(token) : _acquirer.GetAsync(this, async: true, cancellationToken);

    /// <summary>Gets a token without any asynchronous call: blocks this thread alone, and needs none of the pool to go on.</summary>
    /// <inheritdoc cref="GetTokenAsync" path="/param"/>
    /// <inheritdoc cref="GetTokenAsync" path="/exception"/>
    /// <returns>The token.</returns>
    public AccessToken GetToken(CancellationToken cancellationToken = default) =>
        TryGetFresh(out var token) ? token : Blocking.Result(_acquirer.GetAsync(this, async: false, cancellationToken));

    /// <summary>Gets a token or the reason why there is none, without throwing for the latter.</summary>
    /// <param name="cancellationToken">Ends this call's waiting.</param>
    /// <returns>The token or the failure.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<TokenResult> TryGetTokenAsync(CancellationToken cancellationToken = default) =>
        TryGetFresh(out var token) ? new ValueTask<TokenResult>(new TokenResult(token)) : _acquirer.TryGetAsync(this, cancellationToken);

    /// <summary>Where its token was found last; null before the first acquisition.</summary>
    internal TokenSlot? Slot
    {
        get => Volatile.Read(ref _slot);
        set => Volatile.Write(ref _slot, value);
    }

    // The hit: no lock, no write, no allocation.
    private bool TryGetFresh(out AccessToken token)
    {
        if (Volatile.Read(ref _slot)?.Entry is { } entry && _clock.IsFresh(entry))
        {
            token = new AccessToken(entry, TokenOrigin.Cache, AcquisitionReason.None);
            Telemetry.CacheHit();
            return true;
        }

        token = default;
        return false;
    }
}
