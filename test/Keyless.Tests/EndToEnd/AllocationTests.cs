using System.Diagnostics.CodeAnalysis;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>A cache hit: complete at once, and not one byte allocated.</summary>
public sealed class AllocationTests
{
    private const int Hits = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("the client, by resource")]
    [InlineData("the client, by an equal resource")]
    [InlineData("the client, by scope")]
    [InlineData("the client, by request")]
    [InlineData("the client, without throwing")]
    [InlineData("the handle")]
    [InlineData("the client, synchronously")]
    [InlineData("the handle, synchronously")]
    public async Task A_hit_allocates_nothing_and_completes_synchronously(string entrance)
    {
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.Json(200, Scene.Body("cached", TimeProvider.System.GetUtcNow().AddHours(24)));

        // The system's clock: with another one the cheap path is not taken.
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = DescribedMachine.Of(SourceKind.AppService, server.Address) });
        await client.GetTokenAsync(Scene.Resource, Cancellation);
        await client.GetTokenAsync(Scene.Resource + "/.default", Cancellation);

        var hit = Hit(entrance, client);
        for (var i = 0; i < 100; i++)
            hit();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var complete = true;
        for (var i = 0; i < Hits; i++)
            complete &= hit();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(complete);
        Assert.Equal(0, allocated);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stale_token_is_handed_out_synchronously_and_without_allocation_while_its_renewal_is_under_way()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.TokenNow(), Reply.Hang(scene.TokenNow()));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);
        scene.Clock.Advance(TimeSpan.FromHours(12));
        await client.GetTokenAsync(Scene.Resource, Cancellation);
        await scene.Server.NextRequestAsync(Cancellation);

        var hit = Hit("the client, by resource", client);
        hit();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var complete = true;
        for (var i = 0; i < Hits; i++)
            complete &= hit();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(complete);
        Assert.Equal(0, allocated);
        scene.Server.Release();
    }

    private static Func<bool> Hit(string entrance, ManagedIdentityClient client)
    {
        var handle = client.ForResource(Scene.Resource);
        var request = new TokenRequest(Scene.Resource);
        var equal = new string(Scene.Resource.AsSpan());
        const string Scope = Scene.Resource + "/.default";
        return entrance switch
        {
            "the client, by resource" => () => Take(client.GetTokenAsync(Scene.Resource)),
            "the client, by an equal resource" => () => Take(client.GetTokenAsync(equal)) & Take(client.GetTokenAsync(Scene.Resource)),
            "the client, by scope" => () => Take(client.GetTokenAsync(Scope)),
            "the client, by request" => () => Take(client.GetTokenAsync(request)),
            "the client, without throwing" => () => Take(client.TryGetTokenAsync(request)),
            "the handle" => () => Take(handle.GetTokenAsync()),
            "the client, synchronously" => () => client.GetToken(Scene.Resource).Token.Length > 0,
            _ => () => handle.GetToken().Authorization is not null,
        };
    }

    // Not "is not null" on the result: in a debug build that would box it, and the box would be counted.
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "Read only when complete.")]
    private static bool Take<T>(ValueTask<T> call)
    {
        if (!call.IsCompletedSuccessfully)
            return false;
        _ = call.GetAwaiter().GetResult();
        return true;
    }
}
