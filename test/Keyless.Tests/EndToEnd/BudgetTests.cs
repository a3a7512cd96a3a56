using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>The time budget and the caller's cancellation, at every place where an acquisition waits.</summary>
public sealed partial class BudgetTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where an acquisition can wait, and the reply that makes it wait there.</summary>
    public static TheoryData<string> Waits() => ["the answer", "the body", "the rest of the body", "a slow body", "a pause"];

    // A pause that would outlast the budget is not begun.
    [Theory]
    [InlineData("the answer")]
    [InlineData("the body")]
    [InlineData("the rest of the body")]
    [InlineData("a slow body")]
    public async Task The_budget_ends_every_wait(string wait)
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = ReplyThatWaits(wait, scene);
        var start = scene.Clock.Now;

        // With a budget shorter than an attempt's own limit, the budget is what ends it.
        var call = scene.Client(options => options with { Timeout = TimeSpan.FromSeconds(5) })
            .TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation).AsTask();
        await ReachAsync(wait, scene);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        var failure = (await call).Failure;

        Assert.Equal(FailureKind.TimedOut, failure?.Kind);
        Assert.Equal("request_timeout", failure?.ErrorCode);
        Assert.Equal(1, failure?.Attempts);
        Assert.Contains("5 s", failure?.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), scene.Clock.Now - start);
    }

    [Theory]
    [MemberData(nameof(Waits))]
    public async Task Cancellation_ends_every_wait(string wait)
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = ReplyThatWaits(wait, scene);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = scene.Client().GetTokenAsync(Scene.Resource, cancelling.Token).AsTask();
        await ReachAsync(wait, scene);
        await cancelling.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancelling.Token, cancelled.CancellationToken);
    }

    [Theory]
    [InlineData("the answer")]
    [InlineData("the body")]
    [InlineData("the rest of the body")]
    [InlineData("a slow body")]
    public async Task An_attempt_that_takes_too_long_is_repeated(string wait)
    {
        await using var scene = Scene.Of(SourceKind.AppService, []);
        scene.Server.Enqueue(ReplyThatWaits(wait, scene), scene.Token(token: "second"));

        var call = scene.Client().GetTokenAsync(Scene.Resource, Cancellation).AsTask();
        await scene.Server.NextRequestAsync(Cancellation);
        await scene.Clock.AdvanceToTimerAsync(static delay => delay == TimeSpan.FromSeconds(11.5), Cancellation);
        await scene.Clock.AdvanceToTimerAsync(static delay => delay == TimeSpan.FromSeconds(1), Cancellation);

        Assert.Equal("second", (await call).Token);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_refused_connection_to_an_announced_endpoint_is_tried_until_the_budget_ends()
    {
        using var closed = new ClosedPort();
        var clock = new FakeClock();
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = DescribedMachine.Of(SourceKind.Imds, closed.Address),
            TimeProvider = clock,
            Random = () => 0,
            AttemptTimeout = TimeSpan.FromSeconds(11.5),
        });

        var run = await clock.RunAsync(() => client.TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation), Scene.IsPause, Cancellation);

        var failure = run.Result.Failure;
        Assert.Equal(FailureKind.EndpointUnreachable, failure?.Kind);
        Assert.Equal("managed_identity_unreachable_network", failure?.ErrorCode);
        Assert.Equal([0.2, 0.4, 0.8, 1, 1], run.Pauses.Take(5).Select(static pause => pause.TotalSeconds));
        Assert.InRange(run.Elapsed, Budget - TimeSpan.FromSeconds(1), Budget);
        Assert.Equal(run.Pauses.Count + 1, failure?.Attempts);
        Assert.Contains("AZURE_POD_IDENTITY_AUTHORITY_HOST", failure?.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", failure?.Message, StringComparison.Ordinal);
        Assert.StartsWith(closed.Address.ToString(), failure?.Endpoint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_starts_15_seconds_late_is_met_by_the_same_call_with_one_log_line()
    {
        using var closed = new ClosedPort();
        var logs = new LogRecorder();
        await using var late = ScriptedServer.Start();
        var clock = new FakeClock();
        late.Fallback = Reply.When(_ => Reply.Json(200, Scene.Body("late", clock.Now.AddHours(24))));
        var machine = DescribedMachine.Of(SourceKind.AppService, closed.Address);
        var started = clock.Now.AddSeconds(15);

        // The handler stands for the port: refused before the start, the server after it.
        using var handler = new Redirector(() => clock.Now < started ? closed.Port : late.Port);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = machine,
            TimeProvider = clock,
            Random = () => 0,
            Handler = handler,
            LoggerFactory = logs,
            AttemptTimeout = TimeSpan.FromSeconds(11.5),
        });

        var run = await clock.RunAsync(() => client.GetTokenAsync(Scene.Resource, Cancellation), Scene.IsPause, Cancellation);

        Assert.Equal("late", run.Result.Token);
        Assert.InRange(run.Elapsed.TotalSeconds, 15, 16.5);
        Assert.Single(logs.Entries, static entry => entry.EventId.Id == 3);
        Assert.DoesNotContain(logs.Entries, static entry => entry.Level > Microsoft.Extensions.Logging.LogLevel.Information);
    }

    [Fact]
    public async Task Waiting_for_a_late_start_takes_nothing_from_the_repetitions()
    {
        using var closed = new ClosedPort();
        await using var server = ScriptedServer.Start(Reply.Empty(503), Reply.Empty(503), Reply.Empty(503));
        var clock = new FakeClock();
        server.Fallback = Reply.When(_ => Reply.Json(200, Scene.Body("at-last", clock.Now.AddHours(24))));
        var started = clock.Now.AddSeconds(10);
        using var handler = new Redirector(() => clock.Now < started ? closed.Port : server.Port);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = DescribedMachine.Of(SourceKind.AppService, closed.Address),
            TimeProvider = clock,
            Random = () => 0,
            Handler = handler,
            AttemptTimeout = TimeSpan.FromSeconds(11.5),
        });

        var run = await clock.RunAsync(() => client.GetTokenAsync(Scene.Resource, Cancellation), Scene.IsPause, Cancellation);

        Assert.Equal("at-last", run.Result.Token);
    }

    [Fact]
    public async Task Another_clients_request_is_waited_for_no_longer_than_ones_own_budget()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = Reply.Hang();
        var cache = new TokenCache();
        var patient = scene.Client(options => options with { Cache = cache }).TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation).AsTask();
        await scene.Server.NextRequestAsync(Cancellation);

        var hasty = scene.Client(options => options with { Cache = cache, Timeout = TimeSpan.FromSeconds(2) })
            .TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation).AsTask();
        scene.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(FailureKind.TimedOut, (await hasty).Failure?.Kind);
        Assert.False(patient.IsCompleted);
        Assert.Single(scene.Server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [SuppressMessage("Interoperability", "CA1416:Validate platform compatibility", Justification = "Skipped elsewhere.")]
    public async Task A_key_file_that_blocks_holds_nobody_up(bool cancelled)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes in the file system are a matter of Unix.");
        var directory = Directory.CreateTempSubdirectory("keyless-pipe-");
        var pipe = Path.Combine(directory.FullName, "blocks.key");
        Assert.Equal(0, MakeFifo(pipe, Convert.ToUInt32("600", 8)));
        await using var scene = Scene.Of(SourceKind.AzureArc);
        scene.Machine = DescribedMachine.Of(SourceKind.AzureArc, scene.Server.Address, keyDirectory: directory.FullName);
        scene.Server.Fallback = Reply.Json(401, "{}", ("WWW-Authenticate", $"Basic realm={pipe}"));
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = scene.Client(options => options with { Timeout = TimeSpan.FromSeconds(5) }).TryGetTokenAsync(new TokenRequest(Scene.Resource), cancelling.Token).AsTask();
        await Eventually.HoldsAsync(() => scene.Logs.Entries.Any(static entry => entry.EventId.Id == 11));
        if (cancelled)
            await cancelling.CancelAsync();
        else
            scene.Clock.Advance(TimeSpan.FromSeconds(5));

        if (cancelled)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => Assert.Fail((await call).ToString()));
        else
            Assert.Equal(FailureKind.TimedOut, (await call).Failure?.Kind);

        // Opening both ends waits for nobody, and lets go who waits for a writer.
        File.OpenHandle(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Nothing_at_an_address_that_nothing_announced_is_final_at_once()
    {
        using var closed = new ClosedPort();
        using var handler = new Redirector(() => closed.Port);
        var clock = new FakeClock();
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = new DescribedMachine(), TimeProvider = clock, Handler = handler });

        var failure = (await client.TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.NoManagedIdentity, failure?.Kind);
        Assert.Equal(1, failure?.Attempts);
        Assert.True(failure?.IsFallbackSafe);
        Assert.Equal("http://169.254.169.254/metadata/identity/oauth2/token", failure?.Endpoint);
        Assert.Contains("keyless emulate", failure?.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_at_an_address_that_nothing_announced_ends_after_3_seconds()
    {
        await using var silent = new BlackHole();
        using var handler = new Redirector(() => silent.Port);
        var clock = new FakeClock();
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = new DescribedMachine(), TimeProvider = clock, Handler = handler });

        var call = client.TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation).AsTask();
        await Eventually.HoldsAsync(() => silent.Connections == 1);
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(FailureKind.NoManagedIdentity, (await call).Failure?.Kind);
        Assert.Equal(1, silent.Connections);
    }

    [Fact]
    public async Task A_metadata_service_that_nothing_announced_has_the_usual_time_once_it_has_answered()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(429), Reply.Empty(500), Reply.Empty(500));
        using var handler = new Redirector(() => server.Port);
        var clock = new FakeClock();
        server.Fallback = Reply.When(_ => Reply.Json(200, Scene.Body("at-last", clock.Now.AddHours(24))));
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = new DescribedMachine(),
            TimeProvider = clock,
            Random = () => 0,
            Handler = handler,
            AttemptTimeout = TimeSpan.FromSeconds(11.5),
        });

        var run = await clock.RunAsync(
            () => client.GetTokenAsync(Scene.Resource, Cancellation), static delay => Scene.IsPause(delay) && delay != TimeSpan.FromSeconds(3), Cancellation);

        Assert.Equal("at-last", run.Result.Token);
        Assert.Equal([1.0, 2, 4], run.Pauses.Select(static pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_cached_token_is_returned_even_to_a_caller_that_has_cancelled_already()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token());
        var client = scene.Client();
        var cached = await client.GetTokenAsync(Scene.Resource, Cancellation);

        var cancelled = new CancellationToken(canceled: true);
        Assert.Equal(cached, await client.GetTokenAsync(Scene.Resource, cancelled));
        Assert.Equal(cached, await client.GetTokenAsync(new TokenRequest(Scene.Resource) { Identity = ManagedIdentity.SystemAssigned }, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.GetTokenAsync("https://other", cancelled));
        Assert.Single(scene.Server.Requests);
    }

    private static Reply ReplyThatWaits(string wait, Scene scene) => wait switch
    {
        "the answer" => Reply.Hang(),
        "the body" => Reply.HangAfterHeaders(200, Scene.Body("late", scene.Clock.Now.AddHours(1))),
        "the rest of the body" => Reply.HangMidBody(200, Scene.Body("late", scene.Clock.Now.AddHours(1))),
        "a slow body" => Reply.Drip(200, Scene.Body("late", scene.Clock.Now.AddHours(1)), 1, static cancellation => Task.Delay(Timeout.Infinite, cancellation)),
        _ => Reply.Json(503, "{}", ("Retry-After", "4")),
    };

    private static async Task ReachAsync(string wait, Scene scene)
    {
        await scene.Server.NextRequestAsync(Cancellation);
        if (wait == "a pause")
            await scene.Clock.WaitForTimerAsync(static delay => delay == TimeSpan.FromSeconds(4), Cancellation);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakeFifo(string path, uint mode);
}
