using Keyless.Testing;

namespace SameCode;

/// <summary>Every shape of an error's body, on sources that answer so and on those that do not.</summary>
internal static class ErrorCases
{
    private static readonly (string Name, Reply Reply)[] Errors =
    [
        ("400 flat", Reply.Json(400, """{"error":"invalid_request","error_description":"Identity not found"}""")),
        ("400 flat with Entra's fields", Reply.Json(400, """{"error":"invalid_resource","error_description":"AADSTS500011: no such resource","error_codes":[500011],"timestamp":"2026-01-01","trace_id":"t","correlation_id":"c"}""")),
        ("400 App Service", Reply.Json(400, """{"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found","correlationId":"44444444-4444-4444-4444-444444444444"}""")),
        ("403 App Service", Reply.Json(403, """{"statusCode":403,"message":"The secret is wrong","correlationId":"44444444-4444-4444-4444-444444444444"}""")),
        ("400 nested", Reply.Json(400, """{"error":{"code":"AudienceNotSupported","message":"Audience is not supported"}}""")),
        ("400 nested with correlation id", Reply.Json(400, """{"error":{"correlationId":"44444444-4444-4444-4444-444444444444","code":"ArgumentNullOrEmpty","message":"resource is missing"}}""")),
        ("401 nested with correlation id", Reply.Json(401, """{"error":{"correlationId":"44444444-4444-4444-4444-444444444444","code":"SecretHeaderNotFound","message":"no secret"}}""")),
        ("400 message only", Reply.Json(400, """{"message":"something is wrong"}""")),
        ("400 message and correlation id", Reply.Json(400, """{"message":"something is wrong","correlationId":"44444444-4444-4444-4444-444444444444"}""")),
        ("400 empty", Reply.Empty(400)),
        ("403 HTML", Reply.Html(403, "<html><body>Blocked by the proxy</body></html>")),
        ("403 text", Reply.Text(403, "A socket operation was attempted to an unreachable network")),
        ("400 empty object", Reply.Json(400, "{}")),
        ("400 empty error", Reply.Json(400, """{"error":""}""")),
        ("400 empty error object", Reply.Json(400, """{"error":{}}""")),
        ("400 the secret echoed", Reply.Json(400, """{"message":"open-sesame is not the secret"}""", ("x-echo", "open-sesame"))),
    ];

    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        foreach (var source in new[] { "AppService", "CloudShell", "Imds", "MachineLearning", "ServiceFabric" })
        {
            foreach (var (name, reply) in Errors)
            {
                yield return Case.Of($"{source}, {name}", async (scene, report) =>
                {
                    scene.On(source).Answering(reply);
                    await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).WithCorrelationId(Scene.Correlation).ExecuteAsync());
                });
            }
        }

        foreach (var (name, challenge) in new[]
        {
            ("no challenge", (string?)null), ("another scheme", "Bearer realm=x"), ("a file elsewhere", "Basic realm=/tmp/elsewhere.key"), ("a file that is not there", "Basic realm=/var/opt/azcmagent/tokens/not-there.key"),
        })
        {
            yield return Case.Of($"AzureArc, 401 with {name}", async (scene, report) =>
            {
                scene.On("AzureArc").Answering(challenge is null ? Reply.Empty(401) : Reply.Empty(401, ("WWW-Authenticate", challenge)));
                await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            });
        }

        foreach (var (name, endpoint) in new[] { ("no URL", "nonsense"), ("another scheme", "foo://127.0.0.1/token") })
        {
            yield return Case.Of($"AppService, the endpoint is {name}", async (scene, report) =>
            {
                scene.On("AppService");
                Scene.Set(("IDENTITY_ENDPOINT", endpoint));
                await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
            });
        }

        yield return Case.Of("AppService, nothing listens", async (scene, report) =>
        {
            scene.On("AppService");
            using var closed = new ClosedPort();
            Scene.Set(("IDENTITY_ENDPOINT", $"http://127.0.0.1:{closed.Port}/token"));
            await report.CallAsync(() => Scene.OneAttempt().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        yield return Case.Of("MachineLearning, no default identity", async (scene, report) =>
        {
            scene.On("MachineLearning").Otherwise(Scene.Token("t"));
            Scene.Set(("DEFAULT_IDENTITY_CLIENT_ID", null));
            await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });

        yield return Case.Of("ServiceFabric, another certificate", async (scene, report) =>
        {
            scene.On("ServiceFabric");
            Scene.Set(("IDENTITY_SERVER_THUMBPRINT", new string('0', 40)));
            await report.CallAsync(() => Scene.App().AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync());
        });
    }
}
