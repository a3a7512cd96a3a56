using Keyless.Caching;
using Keyless.Testing;

namespace Keyless.Tests.Caching;

/// <summary>One place in the cache: who asks the endpoint, who waits, and what is answered from memory.</summary>
public sealed class TokenSlotTests
{
    private static readonly AcquisitionTerms Plain = new(Force: false, AfterClaims: false, RejectedToken: null);
    private static readonly AcquisitionTerms Forced = new(Force: true, AfterClaims: false, RejectedToken: null);

    private readonly FakeClock _time = new(Samples.Now);
    private readonly ScriptedFetch _endpoint;
    private readonly SlotTerms _terms;
    private readonly TokenSlot _slot = new(new TokenKey("s", ManagedIdentity.SystemAssigned, "r"));

    public TokenSlotTests()
    {
        _endpoint = new ScriptedFetch(_time);
        _terms = new SlotTerms(new CacheClock(_time), _time, static () => 0, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task All_who_come_while_one_asks_wait_for_its_answer()
    {
        var calls = Enumerable.Range(0, 100).Select(_ => AcquireAsync(Plain)).ToList();
        _endpoint.Answer("a");

        Assert.All(
            await Task.WhenAll(calls),
            outcome => Assert.Equal(("a", TokenOrigin.Endpoint, AcquisitionReason.NoCachedToken), Told(outcome)));
        Assert.Equal([(AcquisitionReason.NoCachedToken, null)], _endpoint.Asked);
        Assert.Equal(("a", TokenOrigin.Cache, AcquisitionReason.None), Told(await AcquireAsync(Plain)));
    }

    [Fact]
    public async Task A_failure_is_shared_and_then_answered_from_memory_for_a_while()
    {
        var calls = new[] { AcquireAsync(Plain), AcquireAsync(Plain) };
        _endpoint.Fail(FailureKind.IdentityNotFound);
        Assert.All(await Task.WhenAll(calls), outcome => Assert.Equal(FailureKind.IdentityNotFound, outcome.Failure!.Kind));

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(FailureKind.IdentityNotFound, (await AcquireAsync(Plain)).Failure!.Kind);
        Assert.Single(_endpoint.Asked);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        var later = AcquireAsync(Plain);
        _endpoint.Answer("a");
        Assert.Equal("a", Told(await later).Token);
    }

    [Fact]
    public async Task A_forced_request_asks_in_spite_of_token_and_memory()
    {
        var first = AcquireAsync(Plain);
        _endpoint.Fail(FailureKind.IdentityNotFound);
        await first;

        var forced = AcquireAsync(Forced);
        _endpoint.Answer("a");
        Assert.Equal(("a", TokenOrigin.Endpoint, AcquisitionReason.ForcedOrClaims), Told(await forced));

        var again = AcquireAsync(Forced);
        _endpoint.Answer("a");
        Assert.Equal(("a", TokenOrigin.EndpointUnchanged, AcquisitionReason.ForcedOrClaims), Told(await again));
    }

    [Fact]
    public async Task One_who_cancels_leaves_alone()
    {
        using var leaving = new CancellationTokenSource();
        var leaver = AcquireAsync(Plain, leaving.Token);
        var stayer = AcquireAsync(Plain);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        _endpoint.Answer("a");

        Assert.Equal("a", Told(await stayer).Token);
        Assert.Single(_endpoint.Asked);
    }

    // One that the client started itself ends within the client's budget by its own.
    [Fact]
    public async Task A_request_of_another_client_is_waited_for_no_longer_than_the_budget()
    {
        var leader = AcquireAsync(Plain);
        var hasty = new SlotTerms(new CacheClock(_time), _time, static () => 0, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(3));
        var follower = _slot.AcquireAsync(async: true, _endpoint, Plain, hasty, TestContext.Current.CancellationToken).AsTask();

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(FailureKind.TimedOut, (await follower).Failure!.Kind);

        _time.Advance(TimeSpan.FromMinutes(5));
        _endpoint.Answer("a");
        Assert.Equal("a", Told(await leader).Token);
    }

    [Fact]
    public async Task A_defect_is_thrown_at_those_who_wait_and_forgotten()
    {
        var call = AcquireAsync(Plain);
        _endpoint.Break(new InvalidOperationException("defect"));
        Assert.Equal("defect", (await Assert.ThrowsAsync<InvalidOperationException>(() => call)).Message);

        var next = AcquireAsync(Plain);
        _endpoint.Answer("a");
        Assert.Equal("a", Told(await next).Token);
    }

    [Fact]
    public async Task A_token_that_still_lives_is_better_than_a_failure()
    {
        await FillAsync("a", skew: 30);
        _time.Advance(TimeSpan.FromSeconds(3580));

        var calls = new[] { AcquireAsync(Plain), AcquireAsync(Plain) };
        _endpoint.Fail(FailureKind.IdentityNotFound);
        Assert.All(
            await Task.WhenAll(calls),
            outcome => Assert.Equal(("a", TokenOrigin.Cache, AcquisitionReason.Expired), Told(outcome)));

        // While the failure is remembered, too: the endpoint is not asked at each call.
        Assert.Equal(("a", TokenOrigin.Cache, AcquisitionReason.Expired), Told(await AcquireAsync(Plain)));
        Assert.Equal(2, _endpoint.Asked.Count);

        _time.Advance(TimeSpan.FromSeconds(20));
        var late = AcquireAsync(Plain);
        _endpoint.Fail(FailureKind.IdentityNotFound);
        Assert.Equal(FailureKind.IdentityNotFound, (await late).Failure!.Kind);
    }

    [Fact]
    public async Task A_token_that_dies_while_its_renewal_fails_is_not_handed_out()
    {
        await FillAsync("a", skew: 30);
        _time.Advance(TimeSpan.FromSeconds(3580));

        var call = AcquireAsync(Plain);
        _time.Advance(TimeSpan.FromSeconds(20));
        _endpoint.Fail(FailureKind.TimedOut);

        Assert.Equal(FailureKind.TimedOut, (await call).Failure!.Kind);
    }

    [Fact]
    public async Task Who_asks_for_a_new_token_is_not_given_the_last_one_when_that_fails()
    {
        await FillAsync("a", skew: 30);
        _time.Advance(TimeSpan.FromSeconds(3580));

        var forced = AcquireAsync(Forced);
        var plain = AcquireAsync(Plain);
        _endpoint.Fail(FailureKind.TimedOut);

        Assert.Equal(FailureKind.TimedOut, (await forced).Failure!.Kind);
        Assert.Equal("a", Told(await plain).Token);
    }

    [Fact]
    public async Task A_token_that_is_served_no_more_is_replaced()
    {
        await FillAsync("a");
        _time.Advance(TimeSpan.FromHours(1));

        var call = AcquireAsync(Plain);
        _endpoint.Answer("b");

        Assert.Equal(("b", TokenOrigin.Endpoint, AcquisitionReason.Expired), Told(await call));
    }

    [Fact]
    public async Task After_claims_the_cached_token_counts_as_rejected()
    {
        await FillAsync("a");

        var call = AcquireAsync(new AcquisitionTerms(Force: false, AfterClaims: true, RejectedToken: null));
        _endpoint.Answer("b");

        Assert.Equal("b", Told(await call).Token);
        Assert.Equal((AcquisitionReason.ForcedOrClaims, "a"), _endpoint.Asked[^1]);
    }

    [Fact]
    public async Task A_rejected_token_that_comes_again_is_a_failure()
    {
        await FillAsync("a");

        var call = AcquireAsync(new AcquisitionTerms(Force: false, AfterClaims: true, "a"));
        _endpoint.Answer("a");

        Assert.Equal(FailureKind.RejectedTokenReturned, (await call).Failure!.Kind);
    }

    [Fact]
    public async Task A_cached_token_that_is_not_the_rejected_one_is_the_answer()
    {
        await FillAsync("b");

        Assert.Equal("b", Told(await AcquireAsync(new AcquisitionTerms(Force: false, AfterClaims: true, "a"))).Token);
        Assert.Single(_endpoint.Asked);
    }

    [Fact]
    public async Task A_renewal_is_claimed_by_one_and_failed_ones_are_put_off()
    {
        await FillAsync("a");
        _time.Advance(TimeSpan.FromSeconds(1800));
        Assert.Equal(AcquisitionReason.RefreshAhead, Told(await AcquireAsync(Plain)).Reason);

        Assert.True(_slot.TryClaimRefresh(_time.Now));
        Assert.False(_slot.TryClaimRefresh(_time.Now));
        var renewal = _slot.RefreshAsync(_endpoint, _terms).AsTask();
        _endpoint.Fail(FailureKind.EndpointUnavailable);
        Assert.Equal(FailureKind.EndpointUnavailable, (await renewal).Failure!.Kind);
        _slot.ReleaseRefresh();

        Assert.Equal("a", Told(await AcquireAsync(Plain)).Token);
        Assert.False(_slot.TryClaimRefresh(_time.Now));
        Assert.False(_slot.TryClaimRefresh(_time.Now.AddSeconds(29)));
        Assert.True(_slot.TryClaimRefresh(_time.Now.AddSeconds(30)));
    }

    // Dropped by the cache, it could not be dropped again: whoever still holds it must not find a token in it.
    [Fact]
    public async Task What_arrives_after_the_place_was_dropped_goes_to_those_who_wait_and_is_not_kept()
    {
        var call = AcquireAsync(Plain);
        Assert.True(_slot.IsBusy);

        _slot.Evict();
        _endpoint.Answer("a");

        Assert.Equal("a", Told(await call).Token);
        Assert.Null(_slot.Entry);
        Assert.False(_slot.IsBusy);
    }

    [Fact]
    public async Task A_full_cache_does_not_drop_a_place_that_is_being_filled()
    {
        var cache = new TokenCache(capacity: 2);
        var busy = cache.GetSlot(Key("busy"), _time.Now);
        var call = busy.AcquireAsync(async: true, _endpoint, Plain, _terms, TestContext.Current.CancellationToken).AsTask();

        for (var i = 0; i < 10; i++)
            cache.GetSlot(Key($"{i}"), _time.Now);

        Assert.Same(busy, cache.GetSlot(Key("busy"), _time.Now));
        _endpoint.Answer("a");
        Assert.Equal("a", Told(await call).Token);
    }

    private static TokenKey Key(string resource) => new("s", ManagedIdentity.SystemAssigned, resource);

    private static (string? Token, TokenOrigin Origin, AcquisitionReason Reason) Told(FetchOutcome outcome) =>
        (outcome.Entry?.Token, outcome.Origin, outcome.Reason);

    private Task<FetchOutcome> AcquireAsync(AcquisitionTerms terms, CancellationToken? cancellationToken = null) =>
        _slot.AcquireAsync(async: true, _endpoint, terms, _terms, cancellationToken ?? TestContext.Current.CancellationToken).AsTask();

    private async Task FillAsync(string token, double skew = 0)
    {
        var call = AcquireAsync(Plain);
        _endpoint.Answer(token, skew: skew);
        await call;
    }
}
