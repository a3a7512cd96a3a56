using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests;

/// <summary>Renewal in the background: the old token is returned at once, and the application is told what came of it.</summary>
public sealed class RenewalTests
{
    [Fact]
    public async Task The_callback_is_told_of_a_new_token()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("old"), scene.Token("new"));
        var told = new TaskCompletionSource<ExecutionResult>();
        var app = scene.App(builder => Tell(builder, told));
        await Get(app);
        scene.Clock.Advance(TimeSpan.FromHours(13));

        var meanwhile = await Get(app);

        var outcome = await told.Task.WaitAsync(TimeSpan.FromSeconds(30), MsalScene.Cancellation);
        Assert.Equal("old", meanwhile.AccessToken);
        Assert.Equal(TokenSource.Cache, meanwhile.AuthenticationResultMetadata.TokenSource);
        Assert.Equal(CacheRefreshReason.ProactivelyRefreshed, meanwhile.AuthenticationResultMetadata.CacheRefreshReason);
        Assert.True(outcome.Successful);
        Assert.Null(outcome.Exception);
        Assert.Equal("new", outcome.Result.AccessToken);
    }

    [Fact]
    public async Task The_callback_is_told_of_a_failure_which_nobody_else_sees()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("old"), Reply.Json(400, """{"message":"no"}"""));
        var told = new TaskCompletionSource<ExecutionResult>();
        var app = scene.App(builder => Tell(builder, told));
        await Get(app);
        scene.Clock.Advance(TimeSpan.FromHours(13));

        var meanwhile = await Get(app);

        var outcome = await told.Task.WaitAsync(TimeSpan.FromSeconds(30), MsalScene.Cancellation);
        Assert.Equal("old", meanwhile.AccessToken);
        Assert.False(outcome.Successful);
        Assert.Null(outcome.Result);
        Assert.Equal(MsalError.ManagedIdentityRequestFailed, outcome.Exception.ErrorCode);
        Assert.Equal("old", (await Get(app)).AccessToken);
    }

    [Fact]
    public async Task An_expired_token_is_asked_for_anew()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("old"), scene.Token("new"));
        var app = scene.App();
        await Get(app);
        scene.Clock.Advance(TimeSpan.FromHours(24));

        var result = await Get(app);

        Assert.Equal("new", result.AccessToken);
        Assert.Equal(CacheRefreshReason.Expired, result.AuthenticationResultMetadata.CacheRefreshReason);
    }

    private static void Tell(ManagedIdentityApplicationBuilder builder, TaskCompletionSource<ExecutionResult> told) =>
        builder.WithExperimentalFeatures().OnBackgroundTokenRefreshCompleted(outcome =>
        {
            told.TrySetResult(outcome);
            throw new InvalidOperationException("What callbacks throw is ignored.");
        });

    private static Task<AuthenticationResult> Get(IManagedIdentityApplication app) =>
        app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);
}
