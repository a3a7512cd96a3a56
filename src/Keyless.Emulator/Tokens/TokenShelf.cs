using System.Collections.Concurrent;
using Keyless.Emulator.Keys;

namespace Keyless.Emulator.Tokens;

/// <summary>The tokens that a host's platform keeps: the same one for the same identity and resource until it is nearly over.</summary>
/// <remarks>What has changed meanwhile, such as a role that was given, is therefore seen a day later.</remarks>
internal sealed class TokenShelf(TokenMinter minter, KeyRing keys, EmulatorClock clock, bool reuse)
{
    private const int Capacity = 1024;
    private static readonly TimeSpan ReuseUntilLeft = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(Guid ObjectId, string Resource, string Capabilities), IssuedToken> _kept = [];
    private readonly object _gate = new();

    public ValueTask<IssuedToken> TakeAsync(TokenWish wish, CancellationToken cancellationToken) =>
        (wish.RefusedSha256 is null || wish.TakesStale) && wish.Change is null && Find(wish) is { } kept
            ? new(kept)
            : MintAsync(wish, cancellationToken);

    /// <summary>Forgets every token, as if a day had passed.</summary>
    public void Purge() => _kept.Clear();

    private static (Guid ObjectId, string Resource, string Capabilities) SlotOf(TokenWish wish) => (
        wish.Subject.ObjectId,
        wish.Resource,
        wish.Capabilities.Count == 0 ? "" : string.Join(',', wish.Capabilities));

    private async ValueTask<IssuedToken> MintAsync(TokenWish wish, CancellationToken cancellationToken)
    {
        var key = await keys.GetActiveAsync(cancellationToken).ConfigureAwait(false);
        if (wish.RefusedSha256 is not null)
            Drop(wish.RefusedSha256);
        if (wish.Change is not null)
            return minter.Mint(key, wish);

        // Minting takes a millisecond; doing it inside the lock keeps concurrent first requests to one token.
        lock (_gate)
        {
            if (Find(wish) is { } kept)
                return kept;

            if (_kept.Count >= Capacity)
                _kept.Clear();
            return _kept[SlotOf(wish)] = minter.Mint(key, wish);
        }
    }

    // One whose key is gone would be refused everywhere, until the day was over.
    private IssuedToken? Find(TokenWish wish) =>
        (reuse || wish.TakesStale)
        && _kept.TryGetValue(SlotOf(wish), out var kept)
        && LeftOf(kept) is var left
        && (wish.TakesStale ? left > TimeSpan.Zero : left > ReuseUntilLeft && keys.IsPublished(kept.KeyId))
            ? kept
            : null;

    // It ages by the emulator's clock, but is never one that is over for whoever asks.
    private TimeSpan LeftOf(IssuedToken kept)
    {
        var (left, told) = (kept.AgesOutOn - clock.GetUtcNow(), kept.EndsOn - clock.TokenNow);
        return left < told ? left : told;
    }

    // A hash that names an older token finds nothing: of a cluster that reports one refusal many times only the first renews.
    private void Drop(string sha256)
    {
        foreach (var (slot, token) in _kept)
        {
            if (string.Equals(token.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
                _kept.TryRemove(slot, out _);
        }
    }
}
