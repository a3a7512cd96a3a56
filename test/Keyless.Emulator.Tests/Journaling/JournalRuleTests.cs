using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Admin;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Journaling;

public sealed class JournalRuleTests
{
    [Fact]
    public async Task a_rule_made_of_a_refusal_repeats_it_for_requests_like_it_and_for_no_others()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], RateLimit = new RateLimit { PerSecond = 1 }, TimeProvider = new FakeClock() });
        await emulator.AskAsync();
        var refused = await emulator.AskAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);

        var rule = emulator["vm"].Journal.Entries[1].ToFaultRule();

        Assert.Equal("request-2", rule.Name);
        Assert.Equal(
            new FaultMatch { Host = "vm", Leg = Leg.Token, Identity = "vm", Resource = HostCalls.Vault, Method = "GET" }, rule.Match);
        await using var other = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });
        other.Faults.Add(ReadAgain(rule));
        var repeated = await other.AskAsync();
        Assert.Equal((refused.Status, refused.Text), (repeated.Status, repeated.Text));
        Assert.Equal(
            HttpStatusCode.OK, (await other["vm"].GetAsync("api-version=2018-02-01&resource=api://orders", HostCalls.Metadata)).Status);
    }

    [Fact]
    public async Task a_success_is_left_to_the_host_and_shields_from_later_rules()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });
        var token = (await emulator.AskAsync()).Token;

        var rule = emulator.Journal.Entries[0].ToFaultRule();
        emulator.Faults.Add(rule);
        emulator.Faults.Add(new FaultRule { Name = "down", Fault = Fault.Status(503) });

        Assert.Equal(Fault.Pass(), rule.Fault);
        Assert.DoesNotContain(token[..20], Text(rule), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await emulator.AskAsync()).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await emulator.AskAsync("&client_id=1")).Status);
    }

    [Theory]
    [InlineData("""{"kind": "status", "status": 429, "retryAfter": "2s"}""")]
    [InlineData("""{"kind": "status", "status": 500, "content": "<p>Ouch</p>", "contentType": "text/html", "server": "Elsewhere"}""")]
    [InlineData("""{"kind": "refusal", "reason": "identity-not-found"}""")]
    [InlineData("""{"kind": "field", "flaw": "missing-token"}""")]
    [InlineData("""{"kind": "token", "lifetime": "30s"}""")]
    [InlineData("""{"kind": "clock-skew", "by": "10m"}""")]
    [InlineData("""{"kind": "pass"}""")]
    public async Task a_fault_that_had_a_hand_in_the_answer_has_it_again(string json)
    {
        using var parsed = JsonDocument.Parse($"{{\"name\": \"x\", \"fault\": {json}}}");
        var fault = FaultRule.FromJson(parsed.RootElement).Fault;
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });
        emulator["vm"].Faults.Enqueue(fault);
        await emulator.AskAsync();

        var rule = emulator.Journal.Entries[0].ToFaultRule();

        Assert.Equal(fault.ToString(), rule.Fault.ToString());
        Assert.Equal(rule.Fault.ToString(), ReadAgain(rule).Fault.ToString());
    }

    [Fact]
    public async Task a_drawn_delay_becomes_the_one_that_there_was()
    {
        var clock = new FakeClock();
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = clock });
        emulator["vm"].Faults.Enqueue(Fault.Status(503).After(FaultDelay.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4))));

        var asking = emulator.AskAsync();
        await clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(4));
        await asking;

        var entry = emulator.Journal.Entries[0];
        Assert.InRange(entry.Delay, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        Assert.Equal(FaultDelay.Of(entry.Delay), entry.ToFaultRule().Fault.Delay);
    }

    [Fact]
    public async Task the_admin_api_gives_the_rule_as_rules_are_added()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await emulator.AskAsync("&client_id=1");

        var rule = await emulator.AdminAsync("/journal/1/rule");
        var added = await emulator.ChangeAsync("/faults/rules", $"{{\"rule\": {rule.Text}}}");

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal("request-1", Assert.Single(emulator.Faults.Rules).Name);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.AdminAsync("/journal/9/rule")).Status);
    }

    private static string Text(FaultRule rule)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
            rule.ToJson(json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static FaultRule ReadAgain(FaultRule rule)
    {
        using var json = JsonDocument.Parse(Text(rule));
        return FaultRule.FromJson(json.RootElement);
    }
}
