using System.Text.Json;

namespace SameCode;

/// <summary>What arguments are refused, what builders insist on, and what can be made by hand.</summary>
internal static class CheckCases
{
    private static readonly (string Name, Action Act)[] Checks =
    [
        ("an application for no identity", () => ManagedIdentityApplicationBuilder.Create((ManagedIdentityId)null!)),
        ("a null for an identity", () => ManagedIdentityApplicationBuilder.Create(null!)),
        ("a null client id", () => ManagedIdentityId.WithUserAssignedClientId(null!)),
        ("an empty client id", () => ManagedIdentityId.WithUserAssignedClientId("")),
        ("a blank client id", () => ManagedIdentityId.WithUserAssignedClientId(" ")),
        ("a client id that is no GUID", () => ManagedIdentityId.WithUserAssignedClientId("orders")),
        ("an empty object id", () => ManagedIdentityId.WithUserAssignedObjectId("")),
        ("an empty resource id", () => ManagedIdentityId.WithUserAssignedResourceId("")),
        ("a resource id that is none", () => ManagedIdentityId.WithUserAssignedResourceId("orders")),
        ("a null resource", () => Scene.App().AcquireTokenForManagedIdentity(null!)),
        ("an empty resource", () => Scene.App().AcquireTokenForManagedIdentity("")),
        ("a blank resource", () => Scene.App().AcquireTokenForManagedIdentity(" ")),
        ("a host name for a resource", () => Scene.App().AcquireTokenForManagedIdentity("vault.azure.net")),
        ("two scopes for a resource", () => Scene.App().AcquireTokenForManagedIdentity("https://a.test/.default https://b.test/.default")),
        ("extra parameters without the experimental switch", () => Scene.App(configure: builder => builder.WithExtraQueryParameters(new Dictionary<string, string> { ["a"] = "b" }))),
        ("null for extra parameters", () => Scene.App(configure: builder => builder.WithExperimentalFeatures().WithExtraQueryParameters(null!))),
        ("the experimental switch turned off again", () => Scene.App(configure: builder => builder.WithExperimentalFeatures().WithExperimentalFeatures(false).WithExtraQueryParameters(new Dictionary<string, string>()))),
        ("a renewal callback without the experimental switch", () => Scene.App(configure: builder => builder.OnBackgroundTokenRefreshCompleted(_ => Task.CompletedTask))),
        ("null for a renewal callback", () => Scene.App(configure: builder => builder.WithExperimentalFeatures().OnBackgroundTokenRefreshCompleted(null!))),
        ("a renewal callback", () => Scene.App(configure: builder => builder.WithExperimentalFeatures().OnBackgroundTokenRefreshCompleted(_ => Task.CompletedTask))),
        ("two logging callbacks", () => Scene.App(configure: builder => builder.WithLogging((_, _, _) => { }).WithLogging((_, _, _) => { }))),
        ("a debugger's callback after another", () => Scene.App(configure: builder => builder.WithLogging((_, _, _) => { }).WithDebugLoggingCallback())),
        ("null for a logging callback", () => Scene.App(configure: builder => builder.WithLogging((LogCallback)null!))),
        ("null for a logger", () => Scene.App(configure: builder => builder.WithLogging((IIdentityLogger)null!))),
        ("a logging callback and a logger", () => Scene.App(configure: builder => builder.WithLogging((_, _, _) => { }).WithLogging(new SilentLogger()))),
        ("null for a factory", () => Scene.App(configure: builder => builder.WithHttpClientFactory(null!))),
        ("null for capabilities", () => Scene.App(configure: builder => builder.WithClientCapabilities(null!))),
        ("null for name and version", () => Scene.App(configure: builder => builder.WithClientName(null!).WithClientVersion(null!))),
        ("an exception without a code", () => _ = new MsalException(null!)),
        ("an exception without a text", () => _ = new MsalException("code", null!)),
        ("a service exception without a code", () => _ = new MsalServiceException("", "text")),
        ("a service exception without a text", () => _ = new MsalServiceException("code", "")),
        ("a client exception without a text", () => _ = new MsalClientException("code", null!)),
        ("an exception of no JSON", () => MsalException.FromJsonString(null!)),
        ("an exception of an empty object", () => MsalException.FromJsonString("{}")),
        ("an exception of an unknown type", () => MsalException.FromJsonString("""{"type":"Other","error_code":"a","error_description":"b"}""")),
        ("a result of nothing", () => _ = new AuthenticationResult(null!, false, null!, default, default, null!, null!, null!, null!, Guid.Empty)),
    ];

    private static readonly (string Name, MsalException Exception)[] Exceptions =
    [
        ("MsalException", new MsalException("code", "text")),
        ("MsalException by code", new MsalException("code")),
        ("MsalException of nothing", new MsalException()),
        ("MsalClientException", new MsalClientException("code", "text", new InvalidOperationException("inside"))),
        ("MsalServiceException", new MsalServiceException("code", "text")),
        ("MsalServiceException with everything", new MsalServiceException("code", "text \"quoted\"", 503, "{}", new InvalidOperationException("inside"))
        {
            CorrelationId = "correlation", ResponseBody = "body", AdditionalExceptionData = new Dictionary<string, string> { [MsalException.ManagedIdentitySource] = "Imds", ["other"] = "x" },
        }),
        ("MsalUiRequiredException", new MsalUiRequiredException("code", "text")),
    ];

    public static IEnumerable<(string, Func<Scene, Report, Task>)> All()
    {
        foreach (var (name, act) in Checks)
            yield return Case.Of(name, (_, report) => Now(() => report.Try(act)));

        foreach (var (name, exception) in Exceptions)
        {
            yield return Case.Of($"{name} as JSON", (_, report) => Now(() =>
            {
                using (var json = JsonDocument.Parse(exception.ToJsonString()))
                {
                    foreach (var member in json.RootElement.EnumerateObject())
                        report.Add($"json.{member.Name}", member.Value.ToString().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("Microsoft.Identity.Client", "Keyless.Msal", StringComparison.Ordinal));
                }

                var back = MsalException.FromJsonString(exception.ToJsonString());
                report.Add("type", back.GetType().Name);
                report.Add("code", back.ErrorCode);
                report.Add("text", back.Message == exception.Message);
                report.Add("data", string.Join(' ', back.AdditionalExceptionData.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)));
                if (back is MsalServiceException service)
                    report.Add("service", $"{service.ResponseBody} {service.CorrelationId} {service.Claims}");
            }));
        }

        foreach (var status in new[] { 0, 400, 404, 408, 410, 429, 500, 502, 503, 599, 600 })
            yield return Case.Of($"MsalServiceException with status {status}", (_, report) => Now(() => report.Add("retryable", new MsalServiceException("code", "text", status).IsRetryable)));

        yield return Case.Of("a result by hand", (_, report) => Now(() =>
        {
            var made = new AuthenticationResult("at", false, "u", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "t", null!, "id", ["s"], Scene.Correlation);
            report.Add("header", made.CreateAuthorizationHeader());
            report.Add("metadata", made.AuthenticationResultMetadata is null);
            report.Add("rest", $"{made.UniqueId} {made.TenantId} {made.IdToken} {string.Join(' ', made.Scopes)} {made.CorrelationId} {made.TokenType} {made.AdditionalResponseParameters is null}");
        }));

        yield return Case.Of("metadata by hand", (_, report) => Now(() =>
        {
            var made = new AuthenticationResultMetadata(TokenSource.Cache);
            report.Add("all", $"{made.TokenSource} {made.TokenEndpoint} {made.RefreshOn} {made.CacheRefreshReason} {made.CacheLevel} {made.DurationTotalInMs} {made.RegionDetails is null}");
        }));

        yield return Case.Of("the log tells of no identity without the switch", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("token-sesame"));
            var lines = new List<string>();
            var flagged = false;
            var app = Scene.App(ManagedIdentityId.WithUserAssignedClientId(Scene.ClientId), builder => builder.WithLogging(
                (_, message, pii) =>
                {
                    lines.Add(message);
                    flagged |= pii;
                },
                LogLevel.Verbose));
            await app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync();
            report.Add("lines", lines.Count > 0);
            report.Add("flagged", flagged);
            report.Add("secrets", lines.Exists(line => line.Contains("sesame", StringComparison.Ordinal)));
            report.Add("identity", lines.Exists(line => line.Contains(Scene.ClientId, StringComparison.Ordinal)));
        });

        yield return Case.Of("the log with the switch has no secrets", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("token-sesame"));
            var lines = new List<string>();
            var app = Scene.App(configure: builder => builder.WithLogging((_, message, _) => lines.Add(message), LogLevel.Verbose, enablePiiLogging: true));
            await app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync();
            report.Add("lines", lines.Count > 0);
            report.Add("secrets", lines.Exists(line => line.Contains("sesame", StringComparison.Ordinal)));
        });

        yield return Case.Of("a logger object is told", async (scene, report) =>
        {
            scene.On("AppService").Answering(Scene.Token("a"));
            var logger = new SilentLogger();
            var app = Scene.App(configure: builder => builder.WithLogging(logger));
            await app.AcquireTokenForManagedIdentity(scene.Resource).ExecuteAsync();
            report.Add("told", logger.Entries > 0);
        });
    }

    private static Task Now(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private sealed class SilentLogger : IIdentityLogger
    {
        public int Entries { get; private set; }

        public bool IsEnabled(EventLogLevel eventLogLevel) => true;

        public void Log(LogEntry entry) => Entries++;
    }
}
