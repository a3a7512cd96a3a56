using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests;

/// <summary>A cache hit: complete at once, in few bytes, and nobody can change what the next one sees.</summary>
public sealed class HitTests
{
    private const int Hits = 1000;
    private const int MostBytes = 128;

    [Fact]
    public async Task A_hit_completes_synchronously_in_at_most_128_bytes()
    {
        await using var scene = new MsalScene();
        scene.Server.Fallback = scene.Token("t", time: TimeProvider.System);
        var app = scene.App(time: TimeProvider.System);
        await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);
        for (var i = 0; i < 100; i++)
            Assert.True(Hit(app));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var complete = true;
        for (var i = 0; i < Hits; i++)
            complete &= Hit(app);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(complete);
        Assert.InRange(allocated, 0, Hits * MostBytes);
        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task What_a_caller_does_to_its_result_no_other_caller_sees()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("t"));
        var app = scene.App();
        await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        var first = await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);
        first.AccessToken = "changed";
        first.AuthenticationResultMetadata.TokenEndpoint = "changed";
        first.AuthenticationResultMetadata.DurationTotalInMs = 42;
        var second = await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal("changed", first.AccessToken);
        Assert.Equal(42, first.AuthenticationResultMetadata.DurationTotalInMs);
        Assert.Equal("t", second.AccessToken);
        Assert.Null(second.AuthenticationResultMetadata.TokenEndpoint);
        Assert.Equal(0, second.AuthenticationResultMetadata.DurationTotalInMs);
    }

    [Fact]
    public async Task A_result_prints_no_token()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("very-secret"));

        var result = await scene.App().AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.DoesNotContain("very-secret", result.ToString()!);
        Assert.Equal("Bearer very-secret", result.CreateAuthorizationHeader());
    }

    [Fact]
    public async Task The_metadata_of_an_acquisition_are_true()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("t"));

        var result = await scene.App().AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        var how = result.AuthenticationResultMetadata;
        Assert.Equal(TokenSource.IdentityProvider, how.TokenSource);
        Assert.Equal(scene.Variables["IDENTITY_ENDPOINT"], how.TokenEndpoint);
        Assert.Equal(CacheRefreshReason.NoCachedAccessToken, how.CacheRefreshReason);
        Assert.Equal(1, how.CachedAccessTokenCount);
        Assert.InRange(how.RefreshOn!.Value, scene.Clock.Now, scene.Clock.Now.AddHours(12));
        Assert.Equal(scene.Clock.Now.AddHours(24).ToUnixTimeSeconds(), result.ExpiresOn.ToUnixTimeSeconds());
    }

    private static bool Hit(IManagedIdentityApplication app) =>
        app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync().IsCompletedSuccessfully;
}
