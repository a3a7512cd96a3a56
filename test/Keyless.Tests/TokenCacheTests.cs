using Keyless.Caching;
using Keyless.Testing;

namespace Keyless.Tests;

public sealed class TokenCacheTests
{
    private readonly FakeClock _time = new(Samples.Now);

    [Fact]
    public void The_same_request_has_the_same_place()
    {
        var cache = new TokenCache();

        var slot = cache.GetSlot(Key("a"), _time.Now);

        Assert.Same(slot, cache.GetSlot(Key("a"), _time.Now));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Endpoint_identity_and_resource_each_make_a_place_of_their_own()
    {
        var cache = new TokenCache();
        TokenKey[] keys =
        [
            new("s", ManagedIdentity.SystemAssigned, "r"),
            new("t", ManagedIdentity.SystemAssigned, "r"),
            new("s", ManagedIdentity.SystemAssigned, "q"),
            new("s", ManagedIdentity.SystemAssigned, "R"),
            new("s", ManagedIdentity.SystemAssigned, "r/"),
            new("s", ManagedIdentity.FromClientId(Samples.ClientId), "r"),
            new("s", ManagedIdentity.FromObjectId(Samples.ClientId), "r"),
            new("s", ManagedIdentity.FromClientId(Samples.OtherId), "r"),
        ];

        foreach (var key in keys)
            Assert.Equal(key, cache.GetSlot(key, _time.Now).Key);
        Assert.Equal(keys.Length, cache.Count);

        // Ids in capitals are the same ids.
        cache.GetSlot(new("s", ManagedIdentity.FromClientId(Samples.ClientId.ToUpperInvariant()), "r"), _time.Now);
        Assert.Equal(keys.Length, cache.Count);
    }

    [Fact]
    public async Task When_it_is_full_what_has_expired_goes_first()
    {
        var cache = new TokenCache(capacity: 8);
        for (var i = 0; i < 8; i++)
            await FillAsync(cache, $"{i}", lifetime: i < 3 ? 60 : 3600);
        _time.Advance(TimeSpan.FromMinutes(5));

        cache.GetSlot(Key("new"), _time.Now);

        Assert.Equal(6, cache.Count);
        Assert.Null(cache.GetSlot(Key("0"), _time.Now).Entry);
        for (var i = 3; i < 8; i++)
            Assert.NotNull(cache.GetSlot(Key($"{i}"), _time.Now).Entry);
    }

    [Fact]
    public async Task When_nothing_has_expired_what_expires_first_goes_for_each_that_comes()
    {
        var cache = new TokenCache(capacity: 16);
        for (var i = 0; i < 16; i++)
            await FillAsync(cache, $"{i}", lifetime: 3600 + (60 * ((i * 5) % 16)));

        cache.GetSlot(Key("new"), _time.Now);
        await FillAsync(cache, "new", lifetime: 7200);
        await FillAsync(cache, "newer", lifetime: 7200);

        // 0 expires first, then 13 (13 * 5 modulo 16 is 1).
        Assert.Equal(16, cache.Count);
        Assert.Null(cache.GetSlot(Key("0"), _time.Now).Entry);
        Assert.Null(cache.GetSlot(Key("13"), _time.Now).Entry);
        Assert.NotNull(cache.GetSlot(Key("new"), _time.Now).Entry);
    }

    [Fact]
    public async Task Invented_resources_stay_within_the_capacity()
    {
        var cache = new TokenCache(capacity: 100);
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 50 == 0)
                await FillAsync(cache, $"{i}", lifetime: 3600);
            cache.GetSlot(Key($"invented {i}"), _time.Now);
            Assert.InRange(cache.Count, 1, 101);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_smallest_caches_work(int capacity)
    {
        var cache = new TokenCache(capacity);
        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull(cache.GetSlot(Key($"{i}"), _time.Now));
            Assert.InRange(cache.Count, 1, capacity);
        }
    }

    [Fact]
    public async Task Clearing_drops_all_tokens_also_from_hands_that_still_hold_their_places()
    {
        var cache = new TokenCache();
        var slot = await FillAsync(cache, "a", lifetime: 3600);
        await FillAsync(cache, "b", lifetime: 3600);

        cache.Clear();

        Assert.Equal(0, cache.Count);
        Assert.Null(slot.Entry);
        Assert.NotSame(slot, cache.GetSlot(Key("a"), _time.Now));
    }

    [Fact]
    public void Many_threads_get_one_place()
    {
        var cache = new TokenCache();
        var slots = new TokenSlot[1000];

        Parallel.For(0, slots.Length, i => slots[i] = cache.GetSlot(Key("a"), Samples.Now));

        Assert.All(slots, slot => Assert.Same(slots[0], slot));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_cache_for_nothing_is_refused(int capacity) =>
        Assert.Equal("capacity", Assert.Throws<ArgumentOutOfRangeException>(() => new TokenCache(capacity)).ParamName);

    [Fact]
    public async Task A_cache_says_how_many_and_not_which()
    {
        var cache = new TokenCache(capacity: 5);
        await FillAsync(cache, "canary", lifetime: 3600);

        Assert.Equal("1 of at most 5 tokens", cache.ToString());
    }

    [Fact]
    public void The_processes_cache_is_one() => Assert.Same(TokenCache.Shared, TokenCache.Shared);

    private static TokenKey Key(string resource) => new("AppService http://127.0.0.1:1/", ManagedIdentity.SystemAssigned, resource);

    private async Task<TokenSlot> FillAsync(TokenCache cache, string resource, int lifetime)
    {
        var slot = cache.GetSlot(Key(resource), _time.Now);
        var terms = new SlotTerms(new CacheClock(_time), _time, static () => 0, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        var fetch = new CannedFetch(_time, lifetime);
        var outcome = await slot.AcquireAsync(async: true, fetch, default, terms, TestContext.Current.CancellationToken);
        Assert.NotNull(outcome.Entry);
        return slot;
    }

    private sealed class CannedFetch(TimeProvider time, int lifetime) : TokenFetch
    {
        public override ValueTask<FetchResult> RunAsync(bool async, AcquisitionReason reason, string? rejectedToken)
        {
            var expiresOn = time.GetUtcNow().AddSeconds(lifetime);
            return new ValueTask<FetchResult>(new FetchResult(
                new TokenEntry("canary-token") { Resource = "r", ExpiresOn = expiresOn, RefreshOn = expiresOn, ServedUntil = expiresOn },
                failure: null));
        }
    }
}
