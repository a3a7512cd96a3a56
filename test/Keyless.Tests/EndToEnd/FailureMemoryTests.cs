using System.Globalization;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>Failures are remembered briefly, so that a misconfigured service does not hammer its host, and never for good.</summary>
public sealed class FailureMemoryTests
{
    private const string NotFound = """{"error":"invalid_request","error_description":"Identity not found"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lasting_failure_is_answered_from_memory_for_10_seconds()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        scene.Server.Enqueue(Reply.Json(400, NotFound), scene.Token(token: "assigned"));
        var client = scene.Client();

        for (var i = 0; i < 100; i++)
            Assert.Equal(FailureKind.IdentityNotFound, (await TryAsync(client)).Failure?.Kind);
        Assert.Single(scene.Server.Requests);

        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("assigned", (await TryAsync(client)).Token.Token);
    }

    [Fact]
    public async Task A_passing_failure_is_answered_from_memory_for_a_second()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = Reply.Empty(503);
        var client = scene.Client();
        await scene.AcquireAsync(client);
        var sent = scene.Server.Requests.Count;

        Assert.Equal(FailureKind.EndpointUnavailable, (await TryAsync(client)).Failure?.Kind);
        Assert.Equal(sent, scene.Server.Requests.Count);

        scene.Server.Fallback = scene.Token(token: "back");
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("back", (await TryAsync(client)).Token.Token);
    }

    [Fact]
    public async Task A_throttled_request_is_not_repeated_before_the_host_wants_it()
    {
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Json(429, "{}", ("Retry-After", "120")));
        scene.Server.Fallback = scene.Token(token: "at-last");
        var client = scene.Client();

        Assert.Equal(FailureKind.Throttled, (await TryAsync(client)).Failure?.Kind);
        scene.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(FailureKind.Throttled, (await TryAsync(client)).Failure?.Kind);
        Assert.Equal(FailureKind.Throttled, (await client.TryGetTokenAsync(new TokenRequest("https://another"), Cancellation)).Failure?.Kind);
        Assert.Single(scene.Server.Requests);

        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("at-last", (await TryAsync(client)).Token.Token);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_host_can_shut_a_client_out_for_more_than_5_minutes(bool asDate)
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Json(429, "{}", ("Retry-After", asDate ? scene.Clock.Now.AddHours(20).ToString("r", CultureInfo.InvariantCulture) : "86400")));
        scene.Server.Fallback = scene.Token(token: "at-last");
        var client = scene.Client();

        Assert.Equal(FailureKind.Throttled, (await TryAsync(client)).Failure?.Kind);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("at-last", (await TryAsync(client)).Token.Token);
    }

    [Fact]
    public async Task A_forced_request_is_sent_in_spite_of_a_remembered_failure()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        scene.Server.Enqueue(Reply.Json(400, NotFound), scene.Token(token: "assigned"));
        var client = scene.Client();
        await TryAsync(client);

        var forced = await client.GetTokenAsync(new TokenRequest(Scene.Resource) { ForceRefresh = true }, Cancellation);

        Assert.Equal("assigned", forced.Token);
    }

    [Fact]
    public async Task Memory_can_be_switched_off()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        scene.Server.Fallback = Reply.Json(400, NotFound);
        var client = scene.Client(options => options with { FailureMemory = TimeSpan.Zero });

        await TryAsync(client);
        await TryAsync(client);

        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task An_endpoint_that_appears_where_there_was_none_is_found_by_the_same_client()
    {
        using var closed = new ClosedPort();
        await using var server = ScriptedServer.Start();
        var clock = new FakeClock();
        server.Fallback = Reply.When(_ => Reply.Json(200, Scene.Body("here", clock.Now.AddHours(24))));
        var appears = clock.Now.AddSeconds(10);
        using var handler = new Redirector(() => clock.Now < appears ? closed.Port : server.Port);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = new DescribedMachine(), TimeProvider = clock, Handler = handler });

        Assert.Equal(FailureKind.NoManagedIdentity, (await TryAsync(client)).Failure?.Kind);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("here", (await TryAsync(client)).Token.Token);
    }

    [Fact]
    public async Task A_repaired_variable_is_picked_up_by_the_next_call()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = scene.Token();
        var client = scene.Client();
        scene.Machine["IDENTITY_ENDPOINT"] = "foo";
        Assert.Equal(FailureKind.InvalidEndpoint, (await TryAsync(client)).Failure?.Kind);

        scene.Machine["IDENTITY_ENDPOINT"] = new Uri(scene.Server.Address, "msi/token").ToString();

        Assert.True((await TryAsync(client)).Succeeded);
    }

    private static ValueTask<TokenResult> TryAsync(ManagedIdentityClient client) => client.TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation);
}
