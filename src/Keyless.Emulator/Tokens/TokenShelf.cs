namespace Keyless.Emulator.Tokens;

/// <summary>The tokens that a host's platform keeps: the same one for the same identity and resource until it is nearly over.</summary>
internal sealed class TokenShelf(TokenMinter minter, SigningKeyHolder keys, TimeProvider clock, bool reuse)
{
    private const int Capacity = 1024;
    private static readonly TimeSpan ReuseUntilLeft = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(Guid ObjectId, string Resource, string Capabilities), IssuedToken> _kept = [];
    private readonly object _gate = new();

    public async ValueTask<IssuedToken> TakeAsync(TokenWish wish, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(cancellationToken).ConfigureAwait(false);

        // Minting takes a millisecond; doing it inside the lock keeps concurrent first requests to one token.
        lock (_gate)
        {
            if (wish.RefusedSha256 is not null)
                Drop(wish.RefusedSha256);

            if (wish.Change is not null)
                return minter.Mint(key, wish);

            var slot = (wish.Subject.ObjectId, wish.Resource, string.Join(',', wish.Capabilities));
            if (reuse && _kept.TryGetValue(slot, out var kept) && kept.EndsOn - clock.GetUtcNow() > ReuseUntilLeft)
                return kept;

            if (_kept.Count >= Capacity)
                _kept.Clear();
            return _kept[slot] = minter.Mint(key, wish);
        }
    }

    // A hash that names an older token finds nothing: of a cluster that reports one refusal many times only the first renews.
    private void Drop(string sha256)
    {
        foreach (var (slot, token) in _kept)
        {
            if (string.Equals(token.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
                _kept.Remove(slot);
        }
    }
}
