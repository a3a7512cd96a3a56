using Keyless.AotSmoke.Support;

namespace Keyless.AotSmoke.Checks;

/// <summary>What the client does beside asking: the cache, errors, retries, logs.</summary>
internal static class ClientChecks
{
    private const string Resource = "https://storage.azure.com";
    private const int Retrying = 3;

    public static async Task RunAsync(Report report, Emulator emulator, Tool tool)
    {
        await report.CheckAsync("many callers, one request; then the cache", () => CacheAsync(emulator));
        await report.CheckAsync("the synchronous call", () =>
        {
            Synchronous(emulator);
            return Task.CompletedTask;
        });
        await report.CheckAsync("a forced refresh", () => RefreshAsync(emulator));
        await report.CheckAsync("ITokenProvider in an HTTP handler", () => HandlerAsync(emulator));
        await report.CheckAsync("an error answer, thrown and as a value", () => ErrorAsync(emulator));
        await report.CheckAsync("no endpoint", AbsentAsync);
        await report.CheckAsync("a retry after 429, logged", () => RetryAsync(emulator, tool));
        await report.CheckAsync("detection and its reasons", () => DetectionAsync(emulator));
    }

    private static async Task CacheAsync(Emulator emulator)
    {
        using var counter = new CountingHandler();
        var client = new ManagedIdentityClient(OptionsOf(emulator) with { Handler = counter });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetTokenAsync(Resource).AsTask()));
        Expect.Same(1, counter.Requests, "the number of requests");

        var hit = client.GetTokenAsync(Resource);
        Expect.That(hit.IsCompletedSuccessfully, "a hit is there at once");
        Expect.Same(TokenOrigin.Cache, (await hit).Origin, "the origin");
        Expect.Same(await client.GetTokenAsync(Resource), await client.ForResource(Resource).GetTokenAsync(), "the bound token");
    }

    private static void Synchronous(Emulator emulator)
    {
        var token = new ManagedIdentityClient(OptionsOf(emulator)).GetToken(Resource);
        Expect.Same(TokenOrigin.Endpoint, token.Origin, "the origin");
        Expect.That(!token.ToString().Contains(token.Token, StringComparison.Ordinal), "a token is not printed");
    }

    private static async Task RefreshAsync(Emulator emulator)
    {
        using var counter = new CountingHandler();
        var client = new ManagedIdentityClient(OptionsOf(emulator) with { Handler = counter, Cache = new TokenCache(10) });
        await client.GetTokenAsync(Resource);
        await client.GetTokenAsync(new TokenRequest(Resource) { ForceRefresh = true });
        Expect.Same(2, counter.Requests, "the number of requests");
    }

    private static async Task HandlerAsync(Emulator emulator)
    {
        using var http = new HttpClient(new TokenHandler(new ManagedIdentityClient(OptionsOf(emulator)), new EchoHandler()));
        var sent = await http.GetStringAsync("http://127.0.0.1/");
        Expect.Same("api://orders", Claims.Of(sent, "aud"), "the audience");
    }

    private static async Task ErrorAsync(Emulator emulator)
    {
        var nobody = ManagedIdentity.FromClientId(Guid.NewGuid().ToString());
        var client = new ManagedIdentityClient(OptionsOf(emulator) with { Identity = nobody });
        var failure = (await client.TryGetTokenAsync(new TokenRequest(Resource))).Failure!;
        Expect.Same(FailureKind.IdentityNotFound, failure.Kind, "the failure");
        Expect.That(failure.ToString().Contains(failure.NextStep, StringComparison.Ordinal), "the text says what to do");
        try
        {
            await client.GetTokenAsync(Resource);
        }
        catch (ManagedIdentityException exception)
        {
            Expect.Same(FailureKind.IdentityNotFound, exception.Failure.Kind, "the exception");
            return;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    private static async Task AbsentAsync()
    {
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = MachineEnvironment.FromVariables([new("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:9")]),
            Timeout = TimeSpan.FromSeconds(2),
            Retries = false,
        });
        var failure = (await client.TryGetTokenAsync(new TokenRequest(Resource))).Failure!;
        Expect.Same(FailureKind.EndpointUnreachable, failure.Kind, "the failure");
        Expect.That(failure.Cause is HttpRequestException, "the cause is kept");
    }

    private static async Task RetryAsync(Emulator emulator, Tool tool)
    {
        var run = await tool.RunAsync(
            new Dictionary<string, string> { ["KEYLESS_ADMIN"] = emulator.Admin },
            input: "",
            "fault", "enqueue", "status", "status=429", "retryAfter=1s", "--times", "1", "--host", emulator.HostOf(SourceKind.Imds));
        Expect.Same(0, run.ExitCode, $"the exit code of 'keyless fault' ({run.Error})");

        using var log = new RecordingLog();
        var client = new ManagedIdentityClient(OptionsOf(emulator) with { LoggerFactory = log });
        var token = await client.GetTokenAsync(Resource);
        Expect.That(
            log.Entries.Any(entry => entry.Id == Retrying && entry.Text.Contains("429", StringComparison.Ordinal)), "the retry is logged");
        Expect.That(!log.Entries.Any(entry => entry.Text.Contains(token.Token, StringComparison.Ordinal)), "the token is not");
    }

    private static Task DetectionAsync(Emulator emulator)
    {
        var detection = SourceDetection.Detect(emulator.Machine(SourceKind.ServiceFabric));
        Expect.Same(SourceKind.ServiceFabric, detection.Source, "the source");
        Expect.That(detection.Steps.All(step => step.Reason.Length > 0), "each step has a reason");
        return Task.CompletedTask;
    }

    private static ManagedIdentityOptions OptionsOf(Emulator emulator) => new() { Environment = emulator.Machine(SourceKind.Imds) };
}
