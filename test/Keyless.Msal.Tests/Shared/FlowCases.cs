using Keyless.Testing;

namespace SameCode;

/// <summary>What the cache answers and what is sent.</summary>
internal static class FlowCases
{
    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        yield return Case.Of("applications share tokens", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            await report.CallAsync(() => Get(scene).ExecuteAsync());
        });

        yield return Case.Of("identities don't", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("b"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            await report.CallAsync(() => Scene.App(ManagedIdentityId.WithUserAssignedClientId(Scene.ClientId)).AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        yield return Case.Of("an application with HTTP clients of its own shares tokens", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            await report.CallAsync(() => Scene.OneAttempt().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            await report.CallAsync(() => Get(scene).ExecuteAsync());
        });

        yield return Case.Of("a scope is its resource", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource + "/.default").ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        yield return Case.Of("a slash makes another resource", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("b"));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource + "/").ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource + "//.default").ExecuteAsync());
        });

        foreach (var source in new[] { "AppService", "ServiceFabric" })
        {
            yield return Case.Of($"{source}, force refresh", async (scene, report) =>
            {
                scene.On(source).Answering(Scene.Token("a"), Scene.Token("b"));
                await report.CallAsync(() => Get(scene).ExecuteAsync());
                await report.CallAsync(() => Get(scene).WithForceRefresh(true).ExecuteAsync());
                await report.CallAsync(() => Get(scene).WithForceRefresh(false).ExecuteAsync());
            });

            yield return Case.Of($"{source}, claims", async (scene, report) =>
            {
                scene.On(source).Answering(Scene.Token("test_token"), Scene.Token("b"));
                await report.CallAsync(() => Get(scene).ExecuteAsync());
                await report.CallAsync(() => Get(scene).WithClaims("""{"access_token":{"nbf":{"essential":true}}}""").ExecuteAsync());
                await report.CallAsync(() => Get(scene).ExecuteAsync());
            });

            yield return Case.Of($"{source}, claims and nothing cached", async (scene, report) =>
            {
                scene.On(source).Answering(Scene.Token("a"));
                await report.CallAsync(() => Get(scene).WithClaims("{}").ExecuteAsync());
            });

            yield return Case.Of($"{source}, claims and force refresh", async (scene, report) =>
            {
                scene.On(source).Answering(Scene.Token("a"), Scene.Token("b"));
                await report.CallAsync(() => Get(scene).ExecuteAsync());
                await report.CallAsync(() => Get(scene).WithClaims("{}").WithForceRefresh(true).ExecuteAsync());
            });

            yield return Case.Of($"{source}, capabilities", async (scene, report) =>
            {
                scene.On(source).Answering(Scene.Token("a"));
                var app = Scene.App(configure: builder => builder.WithClientCapabilities(["cp1", "cp2"]));
                await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            });
        }

        yield return Case.Of("claims, and the same token again", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("a"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithClaims("{}").ExecuteAsync());
        });

        yield return Case.Of("empty claims are none", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            await report.CallAsync(() => Get(scene).WithClaims("").ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithClaims(null!).ExecuteAsync());
        });

        yield return Case.Of("a cancelled call is answered from the cache", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            await report.CallAsync(() => Get(scene).ExecuteAsync(new CancellationToken(canceled: true)));
        });

        yield return Case.Of("a cancelled call with a correlation id is answered from the cache", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithCorrelationId(Scene.Correlation).ExecuteAsync(new CancellationToken(canceled: true)));
        });

        yield return Case.Of("a cancelled call that must ask", async (scene, report) =>
        {
            scene.On("AppService");
            await report.CallAsync(() => Get(scene).ExecuteAsync(new CancellationToken(canceled: true)));
        });

        yield return Case.Of("a call cancelled while the endpoint is silent", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Hang(Scene.Token("a")));
            using var cancellation = new CancellationTokenSource();
            var call = Get(scene).ExecuteAsync(cancellation.Token);
            await scene.ArrivalAsync();
            await cancellation.CancelAsync();
            await report.CallAsync(() => call);
            scene.Server.Release();
        });

        foreach (var (name, seconds) in new[] { ("4 minutes", 240), ("one hour", 3600), ("two hours", 7260), ("a day", 86_400) })
        {
            yield return Case.Of($"a token that lives {name}, twice", async (scene, report) =>
            {
                scene.On("AppService").Answering(Scene.Token("a", seconds));
                scene.Otherwise(Scene.Token("b", seconds));
                await report.CallAsync(() => Get(scene).ExecuteAsync());
                await report.CallAsync(() => Get(scene).ExecuteAsync());
            });
        }

        yield return Case.Of("ten calls at once", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Hang(Scene.Token("a")));
            var calls = Enumerable.Range(0, 10).Select(_ => Get(scene).ExecuteAsync()).ToList();
            await scene.ArrivalAsync();
            scene.Server.Release();
            var results = await Task.WhenAll(calls);
            report.Add("tokens", results.Select(result => result.AccessToken).Distinct(StringComparer.Ordinal).Count());
            report.Add("from the endpoint", results.Count(result => result.AuthenticationResultMetadata.TokenSource == TokenSource.IdentityProvider) == 1 ? "one" : "several or none");
        });

        yield return Case.Of("a rotated secret is read anew", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("b"));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            Scene.Set(("IDENTITY_HEADER", "rotated-sesame"));
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).WithForceRefresh(true).ExecuteAsync());
        });

        yield return Case.Of("a moved endpoint is read anew", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("b"));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            Scene.Set(("IDENTITY_ENDPOINT", new Uri(scene.Server.Address, "moved/token").ToString()));
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).WithForceRefresh(true).ExecuteAsync());
        });

        yield return Case.Of("another application after the endpoint has moved", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            scene.Otherwise(Scene.Token("b"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            Scene.Set(("IDENTITY_ENDPOINT", new Uri(scene.Server.Address, "moved/token").ToString()));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
        });

        yield return Case.Of("an application outlives a change of the source", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("b"));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            Scene.Set(("IDENTITY_ENDPOINT", null), ("IDENTITY_HEADER", null));
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).WithForceRefresh(true).ExecuteAsync());
        });

        yield return Case.Of("a failed call made again at once", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Json(400, """{"message":"no"}"""));
            scene.Otherwise(Scene.Token("t"));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        yield return Case.Of("a forced refresh that fails leaves the token", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Reply.Json(400, """{"message":"no"}"""));
            var app = Scene.App();
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).WithForceRefresh(true).ExecuteAsync());
            await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        foreach (var source in new[] { "AppService", "Imds", "CloudShell" })
        {
            yield return Case.Of($"{source}, extra query parameters of the application", async (scene, report) =>
            {
                scene.On(source).Answering(Scene.Token("a"), Scene.Token("b"));
                var app = Scene.App(configure: builder => builder.WithExperimentalFeatures()
                    .WithExtraQueryParameters(new Dictionary<string, string> { ["slice"] = "x", ["dc"] = "1" })
                    .WithExtraQueryParameters(new Dictionary<string, string> { ["slice"] = "y" }));
                await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
                await report.CallAsync(() => app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
                await report.CallAsync(() => Get(scene).ExecuteAsync());
            });
        }

        yield return Case.Of("extra query parameters of a request", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            scene.Otherwise(Scene.Token("b"));
            await report.CallAsync(() => Get(scene).WithExtraQueryParameters(new Dictionary<string, (string, bool)> { ["slice"] = ("x", false) }).ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithExtraQueryParameters(new Dictionary<string, (string, bool)> { ["slice"] = ("x", true) }).ExecuteAsync());
        });

        yield return Case.Of("cache partitions", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"), Scene.Token("b"), Scene.Token("c"));
            await report.CallAsync(() => Get(scene).ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithCachePartitionKey("tenant", "one").ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithCachePartitionKey("tenant", "one").ExecuteAsync());
            await report.CallAsync(() => Get(scene).WithCachePartitionKey("tenant", "two", partitionRefreshToken: true).ExecuteAsync());
            await report.CallAsync(() => Get(scene).ExecuteAsync());
        });

        yield return Case.Of("cache partitions without a key or a value", (scene, report) =>
        {
            report.Try(() => Get(scene).WithCachePartitionKey(null!, "one"));
            report.Try(() => Get(scene).WithCachePartitionKey("", "one"));
            report.Try(() => Get(scene).WithCachePartitionKey("tenant", null!));
            report.Try(() => Get(scene).WithCachePartitionKey("tenant", ""));
            return Task.CompletedTask;
        });

        yield return Case.Of("an empty correlation id", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            await report.CallAsync(() => Get(scene).WithCorrelationId(Guid.Empty).ExecuteAsync());
        });

        yield return Case.Of("a token of another identity", async (scene, report) =>
        {
            scene.On("AppService").Answering(Reply.Json(200, Scene.Body("t", more: ",\"client_id\":\"99999999-9999-9999-9999-999999999999\"")));
            await report.CallAsync(() => Scene.App(ManagedIdentityId.WithUserAssignedClientId(Scene.ClientId)).AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });
    }

    private static AcquireTokenForManagedIdentityParameterBuilder Get(Scene scene) => Scene.App().AcquireTokenForManagedIdentity(scene.Resource);
}
