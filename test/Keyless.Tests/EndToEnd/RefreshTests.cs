using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>Renewal ahead of the expiry: nobody waits for it, one request does it, and its failures are nobody's concern while the old token lives.</summary>
public sealed class RefreshTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_callers_in_the_refresh_window_are_one_request_and_none_waits()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.TokenNow(token: "old"), Reply.Hang(scene.TokenNow(TimeSpan.FromHours(40), "new")));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);
        scene.Clock.Advance(TimeSpan.FromHours(12));

        var calls = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() =>
        {
            var call = client.GetTokenAsync(Scene.Resource, Cancellation);
            Assert.True(call.IsCompletedSuccessfully);
            return call.AsTask();
        })));

        Assert.All(calls, static token =>
        {
            Assert.Equal("old", token.Token);
            Assert.Equal(TokenOrigin.Cache, token.Origin);
            Assert.Equal(AcquisitionReason.RefreshAhead, token.Reason);
        });
        await scene.Server.NextRequestAsync(Cancellation);
        await scene.Server.NextRequestAsync(Cancellation);
        Assert.Equal(2, scene.Server.Requests.Count);

        scene.Server.Release();
        await Eventually.HoldsAsync(async () => (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token == "new");
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_token_is_served_without_a_request_until_half_of_its_life()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        scene.Server.Enqueue(scene.TokenNow());
        var client = scene.Client();
        var first = await client.GetTokenAsync(Scene.Resource, Cancellation);
        Assert.Equal(scene.Clock.Now.AddHours(12), first.RefreshOn);

        scene.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        var later = await client.GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal(AcquisitionReason.None, later.Reason);
        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task What_the_endpoint_says_in_refresh_in_goes_before_half_of_the_life()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Json(200, Scene.Body("t", scene.Clock.Now.AddHours(24), ""","refresh_in":3600""")));

        var token = await scene.Client().GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal(scene.Clock.Now.AddHours(1), token.RefreshOn);
    }

    [Fact]
    public async Task An_outage_from_half_of_the_life_to_the_expiry_fails_not_one_call()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.TokenNow(token: "old"));
        scene.Server.Fallback = Reply.Json(400, """{"statusCode":400,"message":"the identity service is down"}""");
        var client = scene.Client(static options => options with { Random = new Random(20261121).NextDouble });
        var expiresOn = (await client.GetTokenAsync(Scene.Resource, Cancellation)).ExpiresOn;

        scene.Clock.Advance(TimeSpan.FromHours(12));
        var calls = 0;
        while (scene.Clock.Now < expiresOn - TimeSpan.FromSeconds(31))
        {
            var call = client.GetTokenAsync(Scene.Resource, Cancellation);
            Assert.True(call.IsCompletedSuccessfully);
            Assert.Equal("old", (await call).Token);
            calls++;

            // Let the renewal that this call may have begun fail before the clock goes on.
            await Scene.RefreshSettledAsync(client);
            scene.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.True(calls > 1000);
        Assert.Contains(scene.Logs.Entries, static entry => entry.EventId.Id == 7);

        // Back-off: not one request for each half minute, which would be 1,400.
        Assert.InRange(scene.Server.Requests.Count, 10, 40);

        // In the last seconds calls ask for another one, and if there is none they get the one that lives.
        scene.Clock.Advance(expiresOn - TimeSpan.FromSeconds(1) - scene.Clock.Now);
        var last = await client.GetTokenAsync(Scene.Resource, Cancellation);
        Assert.Equal(("old", TokenOrigin.Cache, AcquisitionReason.Expired), (last.Token, last.Origin, last.Reason));

        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<ManagedIdentityException>(async () => await client.GetTokenAsync(Scene.Resource, Cancellation));
    }

    [Fact]
    public async Task A_host_that_hands_out_the_same_token_again_is_not_asked_at_each_call()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        var body = Scene.Body("cached-by-the-host", scene.Clock.Now.AddHours(24));
        scene.Server.Fallback = Reply.Json(200, body);
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);
        scene.Clock.Advance(TimeSpan.FromHours(13));

        for (var i = 0; i < 100; i++)
        {
            await client.GetTokenAsync(Scene.Resource, Cancellation);
            await Scene.RefreshSettledAsync(client);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // 30 s after each renewal at the earliest, as here, where no draw puts it off for longer.
        Assert.Equal(5, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_nearly_expired_token_is_not_a_reason_to_ask_at_each_call()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = scene.TokenNow(TimeSpan.FromSeconds(30), "short");
        var client = scene.Client();

        for (var i = 0; i < 50; i++)
            Assert.Equal("short", (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token);

        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task An_expired_token_is_asked_for_anew_with_that_reason()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token(token: "first"), scene.Token(token: "second"));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        // 30 seconds before the expiry, and not a second later, it is no longer handed out.
        scene.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(30));
        var second = await client.GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal("second", second.Token);
        Assert.Equal(AcquisitionReason.Expired, second.Reason);
        Assert.Equal(TokenOrigin.Endpoint, second.Origin);
    }

    [Fact]
    public async Task A_machine_that_slept_past_the_expiry_does_not_serve_the_old_token()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token(token: "first"), scene.Token(token: "second"));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        scene.Clock.SetWithoutTimers(scene.Clock.Now.AddHours(30));

        Assert.Equal("second", (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token);
    }

    [Fact]
    public async Task A_token_of_an_identity_that_the_request_names_is_renewed_too()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token(token: "old"), scene.Token(token: "new"));
        var client = scene.Client();
        var request = new TokenRequest(Scene.Resource) { Identity = ManagedIdentity.FromClientId("11111111-1111-1111-1111-111111111111") };
        await client.GetTokenAsync(request, Cancellation);
        scene.Clock.Advance(TimeSpan.FromHours(12));

        var stale = await client.GetTokenAsync(request, Cancellation);
        Assert.Equal("old", stale.Token);
        Assert.Equal(AcquisitionReason.RefreshAhead, stale.Reason);

        await Eventually.HoldsAsync(async () => (await client.GetTokenAsync(request, Cancellation)).Token == "new");
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_renewal_goes_to_where_the_platform_has_moved_the_endpoint()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        await using var moved = ScriptedServer.Start();
        scene.Server.Enqueue(scene.TokenNow(token: "from-the-old-place"));
        moved.Fallback = Reply.When(_ => scene.TokenNow(token: "from-the-new-place"));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        scene.Machine["IDENTITY_ENDPOINT"] = new Uri(moved.Address, "msi/token").ToString();
        scene.Machine["IDENTITY_HEADER"] = "rotated";
        scene.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal("from-the-old-place", (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token);

        await Eventually.HoldsAsync(async () => (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token == "from-the-new-place");
        Assert.Equal("rotated", Assert.Single(moved.Requests).Header("X-IDENTITY-HEADER"));
        Assert.Single(scene.Server.Requests);
    }
}
