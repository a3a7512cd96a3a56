using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Keyless.Emulator.Keys;

/// <summary>The keys that an emulator signs its tokens with: an active one, and those that are published beside it.</summary>
/// <remarks>The first key is made when it is first wanted, unless keys are kept in <see cref="EmulatorOptions.KeyDirectory"/>.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The emulator stops it.")]
public sealed class KeyRing
{
    // Keys that are gone are remembered for a while, for those who look at the list.
    private const int GoneToRemember = 16;

    private readonly TimeProvider _clock;
    private readonly KeyStore? _store;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private ImmutableArray<RingKey> _keys = [];

    internal KeyRing(TimeProvider clock, KeyStore? store = null)
    {
        _clock = clock;
        _store = store;
    }

    /// <summary>How long a key stays published after its successor has taken over, unless told otherwise.</summary>
    public static TimeSpan DefaultOverlap { get; } = TimeSpan.FromHours(24);

    /// <summary>Lists the keys, the newest first; among them the last ones that are gone.</summary>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<EmulatedKey>> ListAsync(CancellationToken ct = default)
    {
        await GetActiveAsync(ct).ConfigureAwait(false);
        var now = _clock.GetUtcNow();
        return [.. Snapshot().Reverse().Select(key => key.Describe(now))];
    }

    /// <summary>Publishes the key that the next rotation will make active, so that validators learn of it before it is used.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>That key; there may already have been one.</returns>
    public async Task<EmulatedKey> PublishNextAsync(CancellationToken ct = default)
    {
        var keys = await ChangeAsync((keys, now) => Next(keys) is null ? keys.Add(NewKey(KeyState.Next, now)) : keys, ct)
            .ConfigureAwait(false);
        return Next(keys)!.Describe(_clock.GetUtcNow());
    }

    /// <summary>Makes the next key the active one, or a new one where none was published.</summary>
    /// <param name="overlap">
    /// How long the old key stays published, by the emulator's clock. Default: null, <see cref="DefaultOverlap"/>. Zero: it is gone at
    /// once, and tokens signed with it are refused.
    /// </param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The active key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is negative.</exception>
    public Task<EmulatedKey> RotateAsync(TimeSpan? overlap = null, CancellationToken ct = default) =>
        ActivateAsync((keys, now) => Next(keys) ?? NewKey(KeyState.Next, now), overlap, ct);

    /// <summary>Takes a key out of the published ones at once. If it was the active one, the next or a new one takes its place.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False: no published key has this id.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var found = false;
        await ChangeAsync(
            (keys, now) =>
            {
                found = keys.Any(key => key.Key.Id == id && key.StateAt(now) != KeyState.Gone);
                return found ? [.. keys.Select(key => key.Key.Id == id ? key.Remove(now) : key)] : keys;
            },
            ct).ConfigureAwait(false);
        return found;
    }

    /// <summary>The active private key as PEM text (PKCS #8), for a team that wants to share one on purpose.</summary>
    /// <param name="passphrase">What to encrypt it with. Null: it is not encrypted.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string> ExportPemAsync(string? passphrase = null, CancellationToken ct = default) =>
        (await GetActiveAsync(ct).ConfigureAwait(false)).ExportPrivatePem(passphrase);

    /// <summary>Makes somebody's private key the active one.</summary>
    /// <param name="pem">An RSA private key of 2048 bits or more, as PEM text.</param>
    /// <param name="passphrase">What it is encrypted with. Null: it is not.</param>
    /// <param name="overlap">How long the old key stays published. Default: null, <see cref="DefaultOverlap"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The active key.</returns>
    /// <exception cref="EmulatorException">It is no such key, or the passphrase is wrong.</exception>
    public Task<EmulatedKey> ImportPemAsync(
        string pem, string? passphrase = null, TimeSpan? overlap = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var imported = SigningKey.FromPem(pem, passphrase, "The imported text");
        return ActivateAsync(
            (keys, now) => keys.FirstOrDefault(key => key.Key.Id == imported.Id) ?? new RingKey(imported, KeyState.Next, now), overlap, ct);
    }

    /// <summary>The key to sign with.</summary>
    internal async ValueTask<SigningKey> GetActiveAsync(CancellationToken ct) =>
        (Active(Snapshot()) ?? Active(await ChangeAsync((keys, _) => keys, ct).ConfigureAwait(false))!).Key;

    /// <summary>The keys that validators are told of.</summary>
    internal async ValueTask<IReadOnlyList<SigningKey>> GetPublishedAsync(CancellationToken ct)
    {
        await GetActiveAsync(ct).ConfigureAwait(false);
        var now = _clock.GetUtcNow();
        return [.. Snapshot().Where(key => key.StateAt(now) != KeyState.Gone).Select(key => key.Key)];
    }

    internal bool IsPublished(string id) => FindPublished(id) is not null;

    internal SigningKey? FindPublished(string id) =>
        Find(id) is { } key && key.StateAt(_clock.GetUtcNow()) != KeyState.Gone ? key.Key : null;

    /// <summary>A key that there is or was, the last ones that are gone included.</summary>
    internal RingKey? Find(string id)
    {
        foreach (var key in Snapshot())
        {
            if (key.Key.Id == id)
                return key;
        }

        return null;
    }

    internal async ValueTask StopAsync()
    {
        await _changing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var key in Snapshot())
            key.Key.Dispose();
        _changing.Dispose();
    }

    private static RingKey? Active(ImmutableArray<RingKey> keys) => keys.FirstOrDefault(key => key.State == KeyState.Active);

    private static RingKey? Next(ImmutableArray<RingKey> keys) => keys.FirstOrDefault(key => key.State == KeyState.Next);

    private static RingKey NewKey(KeyState state, DateTimeOffset now) => new(SigningKey.Create(), state, now);

    // There is an active key after every change.
    private static ImmutableArray<RingKey> WithActive(ImmutableArray<RingKey> keys, DateTimeOffset now)
    {
        if (Active(keys) is not null)
            return keys;
        return Next(keys) is { } next ? keys.Replace(next, next.Activate(now)) : keys.Add(NewKey(KeyState.Next, now).Activate(now));
    }

    private async Task<EmulatedKey> ActivateAsync(
        Func<ImmutableArray<RingKey>, DateTimeOffset, RingKey> choose, TimeSpan? overlap, CancellationToken ct)
    {
        var kept = overlap ?? DefaultOverlap;
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, TimeSpan.Zero, nameof(overlap));
        var keys = await ChangeAsync(
            (keys, now) =>
            {
                var chosen = choose(keys, now);
                var goneOn = now + kept;
                return [.. keys
                    .Where(key => key.Key.Id != chosen.Key.Id)
                    .Select(key => key.State == KeyState.Active ? key.Retire(goneOn) : key), chosen.Activate(now)];
            },
            ct).ConfigureAwait(false);
        return Active(keys)!.Describe(_clock.GetUtcNow());
    }

    // A key takes a good part of a second to make, which no caller's thread should be held up for.
    private async Task<ImmutableArray<RingKey>> ChangeAsync(
        Func<ImmutableArray<RingKey>, DateTimeOffset, ImmutableArray<RingKey>> change, CancellationToken ct)
    {
        await _changing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            using var hold = _store is null ? null : await _store.HoldAsync(ct).ConfigureAwait(false);
            var changed = await Task.Run(() => Change(change), CancellationToken.None).ConfigureAwait(false);
            return Publish(changed);
        }
        finally
        {
            _changing.Release();
        }
    }

    private ImmutableArray<RingKey> Change(Func<ImmutableArray<RingKey>, DateTimeOffset, ImmutableArray<RingKey>> change)
    {
        var now = _clock.GetUtcNow();
        var known = Snapshot();
        var before = _store?.Read(known, now) ?? known;
        var after = WithActive(change(WithActive(before, now), now), now);
        var gone = after.Where(key => key.StateAt(now) == KeyState.Gone).ToArray();
        after = [.. after.Except(gone.Take(gone.Length - GoneToRemember))];
        _store?.Write([.. after.Where(key => key.StateAt(now) != KeyState.Gone)]);
        return after;
    }

    private ImmutableArray<RingKey> Publish(ImmutableArray<RingKey> keys)
    {
        ImmutableInterlocked.InterlockedExchange(ref _keys, keys);
        return keys;
    }

    private ImmutableArray<RingKey> Snapshot() => ImmutableInterlocked.InterlockedCompareExchange(ref _keys, [], []);
}
