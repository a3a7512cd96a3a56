using System.Net;
using System.Text.Json.Nodes;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Admin;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

public sealed class ReplayTests
{
    private const string Refusal = """{"host": "vm", "leg": "Token", "status": 503, "answerBody": "{\"error\":\"busy\"}"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task what_a_client_met_once_it_meets_again_on_another_emulator(bool asHar)
    {
        var first = new FakeClock();
        await using var recorded = await StartAsync(first);
        var web = recorded["web"];
        web.Faults.Enqueue(Fault.TooManyRequests(TimeSpan.FromSeconds(3)), times: 2);
        web.Faults.Enqueue(Fault.Status(503, "Out for lunch.", body: FaultBody.Text).After(TimeSpan.FromSeconds(1)));
        await AskAsync(web, first);
        Assert.Equal([429, 429, 503, 200], Statuses(web));

        using var file = new MemoryStream();
        await (asHar ? web.Journal.WriteHarAsync(file, Cancellation) : web.Journal.WriteJsonLinesAsync(file, Cancellation));
        file.Position = 0;
        var recording = await FaultRecording.ReadAsync(file, "night", Cancellation);
        var second = new FakeClock();
        await using var replayed = await StartAsync(second);
        replayed["web"].Faults.Replay(recording);
        var run = await AskAsync(replayed["web"], second);

        Assert.Equal(Statuses(web), Statuses(replayed["web"]));
        Assert.Equal(Bodies(web), Bodies(replayed["web"]));
        Assert.Equal(web.Journal.Entries.Select(entry => entry.Delay), replayed["web"].Journal.Entries.Select(entry => entry.Delay));
        Assert.All(run.Pauses.Take(2), pause => Assert.True(pause >= TimeSpan.FromSeconds(3)));
        Assert.NotEqual(web.Journal.Entries[3].TokenSha256, replayed["web"].Journal.Entries[3].TokenSha256);
        Assert.Empty(replayed["web"].Faults.Queue);
    }

    [Fact]
    public async Task what_was_recorded_of_one_platform_is_replayed_on_another()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await emulator.ChangeAsync("/faults/queue", """{"host": "web", "fault": {"kind": "status", "status": 500}}""");
        await emulator["web"].GetAsync("", HostCalls.SecretOf(emulator["web"]));
        await emulator["web"].GetAsync("", HostCalls.SecretOf(emulator["web"]));
        var lines = (await emulator.AdminAsync("/journal/export?format=jsonl")).Text;

        var answer = await ReplayAsync(emulator, lines, "vm");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2, emulator["vm"].Faults.Queue.Count);
        Assert.Equal(HttpStatusCode.InternalServerError, (await emulator.AskAsync()).Status);
        var refused = await emulator.AskAsync();
        Assert.Equal(emulator["web"].Journal.Entries[1].AnswerBody, refused.Text);
        Assert.Equal(HttpStatusCode.OK, (await emulator.AskAsync()).Status);
    }

    [Fact]
    public async Task each_host_gets_its_own_answers_and_the_authority_too()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var lines = string.Join(
            '\n',
            Refusal,
            Refusal.Replace("vm", "web", StringComparison.Ordinal).Replace("503", "500", StringComparison.Ordinal),
            Refusal.Replace("vm", "authority", StringComparison.Ordinal).Replace("Token", "Keys", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await ReplayAsync(emulator, lines)).Status);

        Assert.Equal(
            (1, 1, 1), (emulator["vm"].Faults.Queue.Count, emulator["web"].Faults.Queue.Count, emulator.Faults.Queue.Count));
        Assert.Equal(HttpStatusCode.OK, (await HostCalls.GetAsync(new Uri(emulator.Authority, ".well-known/openid-configuration"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await HostCalls.GetAsync(new Uri(emulator.Authority, "discovery/keys"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await emulator.AskAsync()).Status);
    }

    [Fact]
    public async Task an_archive_of_another_program_is_replayed_too()
    {
        const string Har = """
            {
              "log": { "version": "1.2", "entries": [
                { "startedDateTime": "2026-01-01T00:00:00Z", "time": 2500.7, "request": { "method": "GET",
                  "url": "http://169.254.169.254/metadata/identity/oauth2/token?resource=x", "headers": [{ "name": "metadata", "value": "true" }] },
                  "response": { "status": 429, "headers": [{ "name": "Retry-After", "value": "Thu, 01 Jan 2026 00:01:30 GMT" }, { "name": "Server", "value": "IMDS/1" }],
                    "content": { "mimeType": "text/plain", "encoding": "base64", "text": "d2FpdA==" } } },
                { "startedDateTime": "2026-01-01T00:00:03Z", "time": 3, "request": { "method": "GET", "url": "http://example.com/", "headers": [] },
                  "response": { "status": 500, "headers": [] } },
                { "startedDateTime": "2026-01-01T00:00:05Z", "time": 12, "request": { "method": "GET",
                  "url": "http://169.254.169.254/metadata/identity/oauth2/token?resource=x", "headers": [{ "name": "Metadata", "value": "true" }] },
                  "response": { "status": 200, "headers": [], "content": { "text": "{\"access_token\":\"eyJhbGciOiJub25lIn0.eyJhIjoxfQ.x\"}" } } }
              ] }
            }
            """;
        var clock = new FakeClock();
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = clock });

        var recording = FaultRecording.Parse(Har, "other.har");
        emulator["vm"].Faults.Replay(recording);

        Assert.Equal(["169.254.169.254"], recording.Hosts);
        Assert.Equal([(Leg.Token, 429), (Leg.Token, 200)], recording.Steps.Select(step => (step.Leg, step.Status!.Value)));
        Assert.DoesNotContain("eyJ", recording.ToJsonLines(), StringComparison.Ordinal);
        var asking = emulator.AskAsync();
        await clock.WaitForTimersAsync(1, Cancellation);
        clock.Advance(TimeSpan.FromMilliseconds(2500));
        var answer = await asking;
        Assert.Equal((HttpStatusCode.TooManyRequests, "wait", "text/plain"), (answer.Status, answer.Text, answer.ContentType));
        Assert.Equal((clock.Now + TimeSpan.FromSeconds(90)).ToString("R"), answer.Header("Retry-After"));
        Assert.Equal("IMDS/1", answer.Header("Server"));
        Assert.NotEmpty((await emulator.AskAsync()).Token);
    }

    [Fact]
    public async Task a_client_that_gave_up_is_left_waiting_again()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var recording = FaultRecording.Parse("""{"host": "vm", "leg": "token", "aborted": true}""");

        Assert.Null(Assert.Single(recording.Steps).Status);
        Assert.Equal(Fault.Hang(), recording.Steps[0].Fault);
    }

    [Fact]
    public async Task the_short_form_of_a_recording_is_read_as_what_it_was()
    {
        var clock = new FakeClock();
        await using var emulator = await StartAsync(clock);
        emulator["web"].Faults.Enqueue(Fault.TooManyRequests(TimeSpan.FromSeconds(3)));
        await AskAsync(emulator["web"], clock);

        var recording = FaultRecording.Of(emulator.Journal.Entries);
        var again = FaultRecording.Parse(recording.ToJsonLines());

        Assert.Equal(2, recording.Steps.Count);
        Assert.Equal(recording.Steps.Select(step => step.ToString()), again.Steps.Select(step => step.ToString()));
    }

    [Theory]
    [InlineData("", "night holds no answered request")]
    [InlineData("\n\n", "night holds no answered request")]
    [InlineData("{\"host\": \"vm\", \"leg\": \"token\"}", "night holds no answered request")]
    [InlineData(Refusal + "\nnot json", "night, line 2 is no JSON")]
    [InlineData(Refusal + "\n[]", "night, line 2: request is a list. Give an object.")]
    [InlineData(Refusal + "\n\n{\"leg\": \"token\", \"status\": 429}", "night, line 3: request.host is missing")]
    [InlineData("{\"host\": \"vm\", \"leg\": \"arm\", \"status\": 429}", "night, line 1: request.leg is \"arm\"")]
    [InlineData("{\"host\": \"vm\", \"leg\": \"token\", \"status\": \"429\"}", "night, line 1: request.status is \"429\"")]
    [InlineData("{\"host\": \"vm\", \"leg\": \"token\", \"status\": 429, \"answerHeaders\": {}}", "night, line 1: request.answerHeaders is an object")]
    [InlineData("{\"host\": \"vm\", \"leg\": \"token\", \"status\": 429, \"time\": 1}", "night, line 1: request.time is 1")]
    [InlineData("{\"host\": \"vm\", \"leg\": \"token\", \"status\": 429, \"cause\": {\"kind\": \"flood\"}}", "night, line 1: request.cause.kind is \"flood\"")]
    [InlineData(
        "{\"host\": \"vm\", \"leg\": \"token\", \"status\": 302, \"answerHeaders\": [{\"name\": \"Location\", \"value\": \"http://example.com/\"}]}",
        "night, line 1: request: The answer is a redirect to another machine")]
    [InlineData("{\"log\": {\n\"entries\": [}", "night, line 2 is no JSON")]
    [InlineData("{\"log\": {}}", "night.log.entries is missing")]
    [InlineData("{\"log\": {\"entries\": [{}]}}", "night, entry 1.request is missing")]
    [InlineData("{\"log\": {\"entries\": []}}", "night holds no answered request")]
    public void a_file_that_is_no_recording_is_refused_with_its_place(string text, string message) => Assert.Contains(
        message, Assert.Throws<EmulatorException>(() => FaultRecording.Parse(text, "night")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task a_host_that_is_not_there_is_refused_and_nothing_is_queued()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var two = $"{Refusal}\n{Refusal.Replace("vm", "elsewhere", StringComparison.Ordinal)}";

        var unknown = await ReplayAsync(emulator, two);
        var unclear = await ReplayAsync(emulator, two, "web");
        var missing = await ReplayAsync(emulator, two, "web", "nowhere");
        var chosen = await ReplayAsync(emulator, two, "web", "elsewhere");

        Assert.Contains("'elsewhere', which is not here", unknown.String("message"), StringComparison.Ordinal);
        Assert.Contains("no answer of 'web', only of vm, elsewhere", unclear.String("message"), StringComparison.Ordinal);
        Assert.Contains("no answer of 'nowhere'", missing.String("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, chosen.Status);
        Assert.Equal((0, 1), (emulator["vm"].Faults.Queue.Count, emulator["web"].Faults.Queue.Count));
        Assert.Contains(
            "several hosts", Assert.Throws<EmulatorException>(() => emulator["vm"].Faults.Replay(FaultRecording.Parse(two))).Message, StringComparison.Ordinal);
    }

    private static Task<ManagedIdentityEmulator> StartAsync(FakeClock clock) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.AppService], TimeProvider = clock }, Cancellation);

    private static Task<ClockRun<AccessToken>> AskAsync(EmulatedHost host, FakeClock clock)
    {
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = host.Environment,
            Cache = new TokenCache(),
            TimeProvider = clock,
        });

        // The timeouts of an attempt and of the whole are timers as well: 10 s and 30 s.
        return clock.RunAsync(() => client.GetTokenAsync(HostCalls.Vault, Cancellation), delay => delay < TimeSpan.FromSeconds(5), Cancellation);
    }

    // Each answer has a correlation id of its own, and each success a token of its own.
    private static string[] Bodies(EmulatedHost host) =>
    [
        .. host.Journal.Entries.Where(entry => entry.Status != 200).Select(entry => entry.AnswerBody!.Split("\"correlationId\"")[0]),
    ];

    private static int?[] Statuses(EmulatedHost host) => [.. host.Journal.Entries.Select(entry => entry.Status)];

    private static Task<Answer> ReplayAsync(ManagedIdentityEmulator emulator, string recording, string? host = null, string? from = null) =>
        emulator.ChangeAsync(
            "/faults/replay",
            new JsonObject { ["host"] = host, ["from"] = from, ["recording"] = recording }.ToJsonString());
}
