using System.Globalization;
using Keyless.Caching;
using Keyless.Testing;

namespace Keyless.Tests;

/// <summary>A cache of a hundred thousand tokens to which more are added.</summary>
public sealed class TokenCacheScaleTests
{
    private const int Capacity = 100_000;

    private readonly FakeClock _time = new(Samples.Now);

    [Fact]
    public async Task Beyond_a_hundred_thousand_tokens_the_cache_stays_within_its_capacity_and_fresh_tokens_are_found()
    {
        var cache = new TokenCache(Capacity);
        var terms = new SlotTerms(new CacheClock(_time), _time, static () => 0, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        var hot = await FillAsync(cache, terms, "hot", lifetime: 2 * Capacity);
        using var filled = new CancellationTokenSource();

        // Another caller, who has nothing to do with those that are added.
        var hits = Task.Run(
            () =>
            {
                var (found, lost) = (0, 0);
                while (!filled.IsCancellationRequested)
                {
                    if (cache.GetSlot(Key("hot"), Samples.Now).Entry is null)
                        lost++;
                    else
                        found++;
                }

                return (Found: found, Lost: lost);
            },
            TestContext.Current.CancellationToken);

        // The later a token is added, the later it expires.
        for (var i = 0; i < Capacity + (Capacity / 4); i++)
        {
            var resource = i.ToString(CultureInfo.InvariantCulture);
            var slot = await FillAsync(cache, terms, resource, lifetime: 3600 + i);
            Assert.Same(slot, cache.GetSlot(Key(resource), _time.Now));
            if (i % 1000 == 0)
                Assert.InRange(cache.Count, 1, Capacity);
        }

        await filled.CancelAsync();
        var (found, lost) = await hits;
        Assert.InRange(cache.Count, Capacity * 7 / 8, Capacity);
        Assert.Same(hot, cache.GetSlot(Key("hot"), _time.Now));
        Assert.NotEqual(0, found);
        Assert.Equal(0, lost);
        Assert.NotNull(cache.GetSlot(Key($"{Capacity}"), _time.Now).Entry);
        Assert.Null(cache.GetSlot(Key("0"), _time.Now).Entry);
    }

    private static TokenKey Key(string resource) => new("AppService http://127.0.0.1:1/", ManagedIdentity.SystemAssigned, resource);

    private static async Task<TokenSlot> FillAsync(TokenCache cache, SlotTerms terms, string resource, int lifetime)
    {
        var slot = cache.GetSlot(Key(resource), Samples.Now);
        await slot.AcquireAsync(async: true, new CannedFetch(lifetime), default, terms, TestContext.Current.CancellationToken);
        Assert.NotNull(slot.Entry);
        return slot;
    }

    private sealed class CannedFetch(int lifetime) : TokenFetch
    {
        public override ValueTask<FetchResult> RunAsync(bool async, AcquisitionReason reason, string? rejectedToken)
        {
            var expiresOn = Samples.Now.AddSeconds(lifetime);
            return new ValueTask<FetchResult>(new FetchResult(
                new TokenEntry("canary-token") { Resource = "r", ExpiresOn = expiresOn, RefreshOn = expiresOn, ServedUntil = expiresOn },
                failure: null));
        }
    }
}
