using System.Net;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Admin;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>A scenario goes on by requests, by time, and by whoever tells it to.</summary>
public sealed class ScenarioStateTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private ManagedIdentityEmulator _emulator = null!;

    private FaultPlan Plan => _emulator["vm"].Faults;

    [Fact]
    public async Task a_request_changes_the_state()
    {
        Plan.Add(Rule("""{"name": "once", "when": {"state": "up"}, "fault": {"kind": "status", "status": 500}, "nextState": "over"}"""));
        Plan.State = "up";

        Assert.Equal((500, 200), (await AskAsync(), await AskAsync()));
        Assert.Equal("over", Plan.State);
    }

    [Fact]
    public async Task a_state_follows_so_long_after_the_first_request()
    {
        Plan.Add(Rule("""{"name": "booting", "when": {"state": "cold"}, "fault": {"kind": "status", "status": 404}, "nextState": "warm", "nextStateAfter": "30s"}"""));
        Assert.Contains("\"nextStateAfter\":\"30s\"", (await _emulator.AdminAsync("/faults")).Text, StringComparison.Ordinal);
        Plan.State = "cold";
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(404, await AskAsync());
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(("cold", 404), (Plan.State, await AskAsync()));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(("warm", 200), (Plan.State, await AskAsync()));
    }

    [Fact]
    public async Task a_rule_counts_its_time_from_when_the_state_was_entered()
    {
        Plan.Add(Rule("""{"name": "early", "when": {"state": "up", "until": "5s", "since": "state-entered"}, "fault": {"kind": "status", "status": 503}}"""));
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(200, await AskAsync());
        Plan.State = "up";
        Assert.Equal(503, await AskAsync());
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, await AskAsync());
    }

    [Fact]
    public async Task a_call_of_the_admin_api_sets_the_state_for_good_or_for_a_time()
    {
        var down = await _emulator.ChangeAsync("/faults/state", """{"host": "vm", "state": "down", "for": "30s", "then": "slow"}""");

        Assert.Equal(("down", "slow"), (down.Member("plan.state").GetString(), down.Member("plan.nextState").GetString()));
        Assert.Equal(_clock.Now.AddSeconds(30), down.Member("plan.nextStateAt").GetDateTimeOffset());
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("slow", Plan.State);
        Assert.False((await _emulator.AdminAsync("/faults")).Member("plans")[1].TryGetProperty("nextState", out _));

        await _emulator.ChangeAsync("/faults/state", """{"host": "vm", "state": "down", "for": "30s"}""");
        await _emulator.ChangeAsync("/faults/state", """{"host": "vm", "state": "up"}""");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("up", Plan.State);

        await _emulator.ChangeAsync("/faults/state", """{"host": "vm"}""");
        Assert.Null(Plan.State);
        Assert.Null(_emulator.Faults.State);
    }

    [Theory]
    [InlineData("""{"state": "x", "for": "0s"}""", "body.for is 0s")]
    [InlineData("""{"state": "x", "then": "y"}""", "body.then needs body.for")]
    [InlineData("""{"state": 1}""", "body.state is 1")]
    [InlineData("""{"name": "x"}""", "body.name is unknown")]
    public async Task what_makes_no_sense_is_refused(string body, string message)
    {
        var answer = await _emulator.ChangeAsync("/faults/state", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.String("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name": "x", "fault": {"kind": "pass"}, "nextStateAfter": "1s"}""", "no nextState")]
    [InlineData("""{"name": "x", "fault": {"kind": "pass"}, "nextState": "a", "nextStateAfter": "-1s"}""", "negative")]
    [InlineData("""{"name": "x", "fault": {"kind": "status", "status": 400, "content": "a", "text": "b"}}""", "whole body")]
    [InlineData("""{"name": "x", "fault": {"kind": "status", "status": 400, "contentType": "b"}}""", "content, which is missing")]
    [InlineData("{\"name\": \"x\", \"fault\": {\"kind\": \"status\", \"status\": 400, \"content\": \"\", \"contentType\": \"a\\u000ab\"}}", "contentType is")]
    public void a_rule_that_makes_no_sense_is_refused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<EmulatorException>(() => Rule(json)).Message, StringComparison.Ordinal);

    public async ValueTask InitializeAsync() =>
        _emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _clock });

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private static FaultRule Rule(string json)
    {
        using var parsed = JsonDocument.Parse(json);
        return FaultRule.FromJson(parsed.RootElement);
    }

    private async Task<int> AskAsync() => (int)(await _emulator.AskAsync()).Status;
}
