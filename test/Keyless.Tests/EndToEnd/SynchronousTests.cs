using System.Diagnostics.CodeAnalysis;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>The synchronous form: the same answers, and no thread of the pool while it waits.</summary>
[SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous form is what is tested.")]
public sealed class SynchronousTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ManagedIdentityClient ClientOf(ScriptedServer server, SourceKind source = SourceKind.AppService) =>
        new(new ManagedIdentityOptions { Environment = DescribedMachine.Of(source, server.Address) });

    private static string Body(string token) => Scene.Body(token, TimeProvider.System.GetUtcNow().AddHours(24));

    [Fact]
    public async Task A_miss_and_a_hit_give_the_same_token()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, Body("sync")));
        var client = ClientOf(server);

        var miss = client.GetToken(Scene.Resource, Cancellation);
        var hit = client.GetToken(new TokenRequest(Scene.Resource), Cancellation);

        Assert.Equal("sync", miss.Token);
        Assert.Equal(TokenOrigin.Endpoint, miss.Origin);
        Assert.Equal(TokenOrigin.Cache, hit.Origin);
        Assert.Equal(miss, hit);
        Assert.Equal(hit, await client.GetTokenAsync(Scene.Resource, Cancellation));
    }

    [Fact]
    public async Task Two_hundred_blocked_threads_share_one_request()
    {
        await using var server = ScriptedServer.Start(Reply.Hang(Reply.Json(200, Body("one-for-all"))));
        var client = ClientOf(server);
        var tokens = new string[200];
        var threads = Enumerable.Range(0, tokens.Length).Select(i => new Thread(() => tokens[i] = client.GetToken(Scene.Resource, Cancellation).Token)).ToList();

        threads.ForEach(static thread => thread.Start());
        await server.NextRequestAsync(Cancellation);
        server.Release();
        threads.ForEach(static thread => thread.Join());

        Assert.All(tokens, static token => Assert.Equal("one-for-all", token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_failure_is_thrown_as_it_is()
    {
        await using var server = ScriptedServer.Start(Reply.Json(400, """{"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found"}"""));

        var failure = Assert.Throws<ManagedIdentityException>(() => ClientOf(server).GetToken(Scene.Resource, Cancellation));

        Assert.Equal(FailureKind.IdentityNotFound, failure.Kind);
    }

    [Fact]
    public async Task A_caller_that_cancels_is_let_go_while_the_request_goes_on()
    {
        await using var server = ScriptedServer.Start(Reply.Hang(Reply.Json(200, Body("for-later"))));
        var client = ClientOf(server);
        using var cancelling = new CancellationTokenSource();

        var call = Task.Factory.StartNew(
            () => client.GetToken(Scene.Resource, cancelling.Token), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await server.NextRequestAsync(Cancellation);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        server.Release();
        Assert.Equal("for-later", client.GetToken(Scene.Resource, Cancellation).Token);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_budget_ends_a_synchronous_wait_for_the_body()
    {
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.HangMidBody(200, Body("late"));
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = DescribedMachine.Of(SourceKind.AppService, server.Address),
            Timeout = TimeSpan.FromMilliseconds(300),
        });

        var failure = Assert.Throws<ManagedIdentityException>(() => client.GetToken(Scene.Resource, Cancellation));

        Assert.Equal(FailureKind.TimedOut, failure.Kind);
    }

    [Fact]
    public async Task No_context_of_the_caller_is_needed_to_go_on()
    {
        await using var server = ScriptedServer.Start(Reply.Json(200, Body("no-deadlock")));
        var client = ClientOf(server);

        // A context whose one thread is blocked by the call itself: whatever were posted to it would never run.
        var token = await Task.Factory.StartNew(
            () =>
            {
                SynchronizationContext.SetSynchronizationContext(new DeadContext());
                return client.GetToken(Scene.Resource, Cancellation);
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Assert.Equal("no-deadlock", token.Token);
    }

    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
