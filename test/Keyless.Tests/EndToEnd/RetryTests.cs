using System.Globalization;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>The retry table on the wire: how many requests, and how far apart.</summary>
public sealed class RetryTests
{
    private static readonly double[] NoPauses = [];
    private static readonly double[] Seconds = [1, 1, 1];
    private static readonly double[] ImdsSeconds = [1, 2, 4];

    public static TheoryData<SourceKind, int, double[]> Rows()
    {
        var rows = new TheoryData<SourceKind, int, double[]>();
        foreach (var status in (int[])[404, 408, 429, 500, 501, 502, 503, 504, 505, 599])
            rows.Add(SourceKind.Imds, status, ImdsSeconds);
        rows.Add(SourceKind.Imds, 410, [10, 10, 10, 10, 10, 10, 10]);
        foreach (var status in (int[])[400, 401, 403, 405, 409, 418])
            rows.Add(SourceKind.Imds, status, NoPauses);

        foreach (var source in (SourceKind[])[SourceKind.AppService, SourceKind.AzureArc, SourceKind.CloudShell, SourceKind.MachineLearning])
        {
            foreach (var status in (int[])[404, 408, 429, 500, 502, 503, 504])
                rows.Add(source, status, Seconds);
            foreach (var status in (int[])[400, 403, 410, 501, 505])
                rows.Add(source, status, NoPauses);
        }

        rows.Add(SourceKind.ServiceFabric, 429, [1, 2, 4, 8]);
        foreach (var status in (int[])[408, 500, 502, 503, 504])
            rows.Add(SourceKind.ServiceFabric, status, Seconds);
        foreach (var status in (int[])[400, 401, 403, 404, 410, 501])
            rows.Add(SourceKind.ServiceFabric, status, NoPauses);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_status_is_repeated_as_its_source_wants(SourceKind source, int status, double[] pauses)
    {
        await using var scene = Scene.Of(source);
        scene.Server.Fallback = Reply.Json(status, """{"error":"some_code","error_description":"some text"}""");

        var run = await scene.AcquireAsync(scene.Client());

        var failure = Assert.IsType<ManagedIdentityException>(run.Error);
        Assert.Equal(status, (int?)failure.StatusCode);
        Assert.Equal(pauses, run.Pauses.Select(static pause => pause.TotalSeconds));
        Assert.Equal(pauses.Length + 1, scene.Server.Requests.Count);
        Assert.Equal(pauses.Length + 1, failure.Attempts);
        Assert.Equal(run.Elapsed, failure.Elapsed);
    }

    [Theory]
    [InlineData(SourceKind.Imds, 410)]
    [InlineData(SourceKind.Imds, 404)]
    [InlineData(SourceKind.AppService, 503)]
    [InlineData(SourceKind.AzureArc, 429)]
    [InlineData(SourceKind.CloudShell, 504)]
    [InlineData(SourceKind.ServiceFabric, 429)]
    [InlineData(SourceKind.MachineLearning, 500)]
    public async Task A_failure_that_passes_is_not_seen_by_the_caller(SourceKind source, int status)
    {
        await using var scene = Scene.Of(source, Reply.Empty(status), Reply.Empty(status));
        scene.Server.Enqueue(scene.Token(token: "third"));

        var run = await scene.AcquireAsync(scene.Client());

        Assert.Equal("third", run.Result.Token);
        Assert.Equal(3, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task IMDS_is_waited_for_through_an_update_of_65_seconds()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        var back = scene.Clock.Now.AddSeconds(65);
        scene.Server.Fallback = Reply.When(_ => scene.Clock.Now < back ? Reply.Empty(410) : scene.TokenNow());

        var run = await scene.AcquireAsync(scene.Client());

        Assert.False(string.IsNullOrEmpty(run.Result.Token));
        Assert.Equal(7, run.Pauses.Count);
        Assert.Equal(70, run.Elapsed.TotalSeconds);
    }

    [Fact]
    public async Task The_first_status_sets_the_count_and_the_current_one_the_pause()
    {
        await using var scene = Scene.Of(SourceKind.Imds, Reply.Empty(500), Reply.Empty(410), Reply.Empty(500), Reply.Empty(410));
        scene.Server.Fallback = Reply.Empty(500);

        var run = await scene.AcquireAsync(scene.Client());

        Assert.IsType<ManagedIdentityException>(run.Error);
        Assert.Equal([1.0, 10, 4], run.Pauses.Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task An_update_that_began_with_410_outlasts_other_failures_in_it()
    {
        await using var scene = Scene.Of(SourceKind.Imds, Reply.Empty(410), Reply.Empty(410), Reply.Empty(500), Reply.Empty(500), Reply.Empty(404));
        scene.Server.Enqueue(scene.Token());

        var run = await scene.AcquireAsync(scene.Client());

        Assert.Equal([10.0, 10, 4, 4, 4], run.Pauses.Select(static pause => pause.TotalSeconds));
        Assert.Equal(TokenOrigin.Endpoint, run.Result.Origin);
    }

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    public async Task Retry_After_in_seconds_is_the_least_pause(SourceKind source)
    {
        await using var scene = Scene.Of(source, Reply.Json(429, "{}", ("Retry-After", "7")), Reply.Json(503, "{}", ("Retry-After", "2.5")));
        scene.Server.Enqueue(scene.Token());

        var run = await scene.AcquireAsync(scene.Client());

        Assert.Equal([7, 2.5], run.Pauses.Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Retry_After_as_a_date_is_the_least_pause()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        scene.Server.Enqueue(Reply.Json(503, "{}", ("Retry-After", scene.Clock.Now.AddSeconds(9).ToString("r", CultureInfo.InvariantCulture))));
        scene.Server.Enqueue(scene.Token());

        var run = await scene.AcquireAsync(scene.Client());

        // The form has no fractions of a second.
        Assert.InRange(run.Pauses.Single().TotalSeconds, 8, 9);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("soon")]
    [InlineData("Tue, 01 Jan 2019 00:00:00 GMT")]
    public async Task A_Retry_After_that_says_nothing_leaves_the_usual_pause(string value)
    {
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Json(503, "{}", ("Retry-After", value)));
        scene.Server.Enqueue(scene.Token());

        var run = await scene.AcquireAsync(scene.Client());

        Assert.Equal([1.0], run.Pauses.Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task Service_Fabric_throttling_in_plain_text_is_understood()
    {
        await using var scene = Scene.Of(SourceKind.ServiceFabric, Reply.Text(429, "Quota of 30 per 10 s is used up. Retry after 4 seconds."));
        scene.Server.Enqueue(scene.Token());

        var run = await scene.AcquireAsync(scene.Client());

        Assert.Equal([4.0], run.Pauses.Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_host_that_asks_for_more_patience_than_the_budget_has_is_not_asked_again()
    {
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Json(429, "{}", ("Retry-After", "3600")));

        var run = await scene.AcquireAsync(scene.Client());

        var failure = Assert.IsType<ManagedIdentityException>(run.Error);
        Assert.Equal(FailureKind.Throttled, failure.Kind);
        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
        Assert.True(failure.IsTransient);
        Assert.Empty(run.Pauses);
        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task Jitter_adds_up_to_a_quarter_and_takes_nothing_off()
    {
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Empty(503), Reply.Empty(503));
        scene.Server.Enqueue(scene.Token());
        var draws = new Queue<double>([0.5, 0.996, 0.25, 0.25]);

        var run = await scene.AcquireAsync(scene.Client(options => options with { Random = () => draws.Dequeue() }));

        Assert.Equal([1.125, 1.249], run.Pauses.Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_throttled_endpoint_is_left_alone_by_requests_for_other_resources_too()
    {
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Json(429, "{}", ("Retry-After", "20")));
        scene.Server.Fallback = Reply.When(_ => scene.TokenNow());
        var client = scene.Client();

        var first = client.GetTokenAsync("https://first", TestContext.Current.CancellationToken).AsTask();
        await scene.Clock.WaitForTimerAsync(Scene.IsPause, TestContext.Current.CancellationToken);
        var second = client.GetTokenAsync("https://second", TestContext.Current.CancellationToken).AsTask();
        await scene.Clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        Assert.Single(scene.Server.Requests);

        scene.Clock.Advance(TimeSpan.FromSeconds(20));
        await Task.WhenAll(first, second);
        Assert.Equal(3, scene.Server.Requests.Count);
    }
}
