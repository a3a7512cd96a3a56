using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>However many callers, one request for each token; its end is everybody's, its cancellation nobody's.</summary>
public sealed class SingleFlightTests
{
    private const int Callers = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Who can cancel waits beside the request, who can't runs it.
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_thousand_callers_of_a_cold_key_share_one_request(bool firstCanCancel, bool othersCanCancel)
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Hang(scene.TokenNow(token: "the-one")));
        var client = scene.Client();

        var calls = Enumerable.Range(0, Callers)
            .Select(i => client.GetTokenAsync(Scene.Resource, (i == 0 ? firstCanCancel : othersCanCancel) ? Cancellation : default).AsTask())
            .ToList();
        await scene.Server.NextRequestAsync(Cancellation);
        scene.Server.Release();

        var tokens = await Task.WhenAll(calls);
        Assert.All(tokens, static token => Assert.Equal("the-one", token.Token));
        Assert.Single(scene.Server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_thousand_callers_of_a_failing_endpoint_share_one_retry_sequence(bool canCancel)
    {
        var cancellation = canCancel ? Cancellation : default;
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = Reply.Json(503, """{"statusCode":503,"message":"not now"}""");
        var client = scene.Client();
        Task<TokenResult>[] calls = [];

        var run = await scene.Clock.RunAsync(
            () =>
            {
                calls = [.. Enumerable.Range(0, Callers).Select(_ => client.TryGetTokenAsync(new TokenRequest(Scene.Resource), cancellation).AsTask())];
                return Task.WhenAll(calls);
            },
            Scene.IsPause,
            Cancellation);

        Assert.All(run.Result, static result => Assert.Equal(FailureKind.EndpointUnavailable, result.Failure?.Kind));
        Assert.Equal([1.0, 1, 1], run.Pauses.Select(static pause => pause.TotalSeconds));
        Assert.Equal(4, scene.Server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_caller_does_next_does_not_hold_the_others_up(bool firstCanCancel)
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Hang(scene.TokenNow(token: "the-one")));
        var client = scene.Client();
        using var othersAreServed = new ManualResetEventSlim();

        // Goes on at once, on the very thread that completes its call, and blocks it.
        var first = client.GetTokenAsync(Scene.Resource, firstCanCancel ? Cancellation : default).AsTask().ContinueWith(
            _ => othersAreServed.Wait(TimeSpan.FromSeconds(30), Cancellation),
            Cancellation,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        var others = Enumerable.Range(0, 9).Select(_ => client.GetTokenAsync(Scene.Resource).AsTask()).ToList();
        await scene.Server.NextRequestAsync(Cancellation);
        scene.Server.Release();

        Assert.All(await Task.WhenAll(others), static token => Assert.Equal("the-one", token.Token));
        othersAreServed.Set();
        Assert.True(await first);
    }

    [Fact]
    public async Task One_caller_that_cancels_leaves_alone()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Hang(scene.TokenNow(token: "for-the-others")));
        var client = scene.Client();
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var first = client.GetTokenAsync(Scene.Resource, impatience.Token).AsTask();
        var others = Enumerable.Range(0, 9).Select(_ => client.GetTokenAsync(Scene.Resource, Cancellation).AsTask()).ToList();
        await scene.Server.NextRequestAsync(Cancellation);
        await impatience.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(impatience.Token, cancelled.CancellationToken);
        Assert.All(others, static call => Assert.False(call.IsCompleted));

        scene.Server.Release();
        Assert.All(await Task.WhenAll(others), static token => Assert.Equal("for-the-others", token.Token));
        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task What_the_last_caller_has_left_behind_answers_the_next()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Hang(scene.TokenNow(token: "left-behind")));
        var client = scene.Client();
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var only = client.GetTokenAsync(Scene.Resource, impatience.Token).AsTask();
        await scene.Server.NextRequestAsync(Cancellation);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);

        var next = client.GetTokenAsync(Scene.Resource, Cancellation).AsTask();
        scene.Server.Release();

        Assert.Equal("left-behind", (await next).Token);
        Assert.Single(scene.Server.Requests);
    }

    // The metadata service answers 429 to more than five.
    [Theory]
    [InlineData(SourceKind.Imds, 5)]
    [InlineData(SourceKind.AppService, 10)]
    [InlineData(SourceKind.ServiceFabric, 10)]
    public async Task Ten_keys_are_asked_for_at_once(SourceKind source, int concurrency)
    {
        await using var scene = Scene.Of(source);
        var gate = new TaskCompletionSource();
        scene.Server.Fallback = Reply.After(gate.Task, scene.TokenNow());
        var client = scene.Client();

        var calls = Enumerable.Range(0, 10).Select(i => client.GetTokenAsync($"https://resource-{i}", Cancellation).AsTask()).ToList();
        for (var i = 0; i < concurrency; i++)
            await scene.Server.NextRequestAsync(Cancellation);
        Assert.Equal(concurrency, scene.Server.PeakConcurrency);

        gate.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal(10, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_key_whose_request_hangs_does_not_hold_up_another()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = Reply.When(request => request.Query("resource") == "https://hung" ? Reply.Hang(scene.TokenNow()) : scene.TokenNow(token: "other"));
        var client = scene.Client();

        var hung = client.GetTokenAsync("https://hung", Cancellation).AsTask();
        await scene.Server.NextRequestAsync(Cancellation);

        Assert.Equal("other", (await client.GetTokenAsync("https://other", Cancellation)).Token);
        Assert.False(hung.IsCompleted);
        scene.Server.Release();
        await hung;
    }

    [Fact]
    public async Task Clients_that_share_a_cache_share_requests_and_tokens()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Hang(scene.TokenNow(token: "shared")));
        var cache = new TokenCache();

        var calls = Enumerable.Range(0, Callers)
            .Select(_ => scene.Client(options => options with { Cache = cache }).GetTokenAsync(Scene.Resource, Cancellation).AsTask())
            .ToList();
        await scene.Server.NextRequestAsync(Cancellation);
        scene.Server.Release();

        Assert.All(await Task.WhenAll(calls), static token => Assert.Equal("shared", token.Token));
        Assert.Single(scene.Server.Requests);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public async Task Clients_of_other_endpoints_share_nothing_even_in_one_cache()
    {
        await using var one = Scene.Of(SourceKind.AppService);
        await using var two = Scene.Of(SourceKind.AppService);
        one.Server.Enqueue(one.TokenNow(token: "of-one"));
        two.Server.Enqueue(two.TokenNow(token: "of-two"));
        var cache = new TokenCache();

        var ofOne = await one.Client(options => options with { Cache = cache }).GetTokenAsync(Scene.Resource, Cancellation);
        var ofTwo = await two.Client(options => options with { Cache = cache }).GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal("of-one", ofOne.Token);
        Assert.Equal("of-two", ofTwo.Token);
    }

    [Fact]
    public async Task Three_identities_and_three_resources_are_nine_tokens()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = Reply.When(request => scene.TokenNow(token: $"{request.Query("client_id")}|{request.Query("resource")}"));
        var client = scene.Client();
        string[] ids = ["11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222", "33333333-3333-3333-3333-333333333333"];
        string[] resources = ["https://a", "https://b", "https://c"];

        for (var round = 0; round < 2; round++)
        {
            foreach (var id in ids)
            {
                foreach (var resource in resources)
                {
                    var token = await client.GetTokenAsync(new TokenRequest(resource) { Identity = ManagedIdentity.FromClientId(id) }, Cancellation);
                    Assert.Equal($"{id}|{resource}", token.Token);
                }
            }
        }

        Assert.Equal(9, scene.Server.Requests.Count);
    }
}
