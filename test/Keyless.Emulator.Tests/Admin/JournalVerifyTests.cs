using System.Net;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Admin;

public sealed class JournalVerifyTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private ManagedIdentityEmulator _emulator = null!;

    [Theory]
    [InlineData("\"exactly\": 4", "\"exactly\": 3")]
    [InlineData("\"atLeast\": 4", "\"atLeast\": 5")]
    [InlineData("\"atMost\": 4", "\"atMost\": 3")]
    [InlineData("\"atLeast\": 1, \"atMost\": 4", "\"atLeast\": 1, \"atMost\": 3")]
    [InlineData("\"between\": [2, 4]", "\"between\": [5, 6]")]
    [InlineData("\"status\": 418, \"never\": true", "\"never\": true")]
    [InlineData("\"spacedAtLeast\": \"1s\"", "\"spacedAtLeast\": \"1100ms\"")]
    [InlineData("\"spacedAbout\": {\"gaps\": [\"1.1s\", \"1.9s\", \"4s\"]}", "\"spacedAbout\": {\"gaps\": [\"1s\", \"2s\"]}")]
    [InlineData("\"spacedAbout\": {\"gaps\": [\"1.1s\", \"1.9s\", \"4s\"], \"tolerance\": 0.2}", "\"spacedAbout\": {\"gaps\": [\"1.1s\", \"1.9s\", \"4s\"], \"tolerance\": 0.05}")]
    [InlineData("\"concurrencyAtMost\": 1", "\"concurrencyAtMost\": 0")]
    [InlineData("\"inOrder\": [{\"status\": 429}, {\"status\": 200}]", "\"inOrder\": [{\"status\": 200}, {\"status\": 429}]")]
    [InlineData("\"nothingAfter\": \"2026-03-14T09:27:00Z\"", "\"nothingAfter\": \"2026-03-14T09:26:58Z\"")]
    [InlineData("\"nothingAfter\": {\"status\": 200}", "\"nothingAfter\": {\"status\": 429}")]
    public async Task each_expectation_holds_or_says_what_there_was(string holding, string failing)
    {
        await ThrottledAsync();

        var good = await VerifyAsync($"\"leg\": \"token\", {holding}");
        var bad = await VerifyAsync($"\"leg\": \"token\", {failing}");

        Assert.True(good.Member("holds").GetBoolean(), good.Text);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, good.Member("message").ValueKind);
        Assert.False(bad.Member("holds").GetBoolean(), bad.Text);
        Assert.StartsWith("Expected ", bad.String("message"), StringComparison.Ordinal);
        Assert.Equal(4, bad.Member("found").GetInt32());
    }

    [Fact]
    public async Task the_message_is_that_of_the_exception_in_process()
    {
        await ThrottledAsync();

        var answer = await VerifyAsync("""
            "host": "VM", "leg": "token", "status": 200, "exactly": 2
            """);

        var failure = Assert.Throws<JournalVerificationException>(
            () => _emulator["vm"].Journal.Verify(new JournalFilter { Leg = Leg.Token, Status = 200 }).Exactly(2));
        Assert.Equal(failure.Message, answer.String("message"));
        Assert.Equal(1, answer.Member("found").GetInt32());
        Assert.Equal(failure.Nearest.Select(miss => miss.Request.Number), answer.Member("nearest").EnumerateArray().Select(miss => miss.GetProperty("number").GetInt64()));
        Assert.Equal("status is 429, not 200", answer.Member("nearest")[0].GetProperty("differences")[0].GetString());
    }

    [Fact]
    public async Task a_missing_place_in_an_order_names_what_came_near_it()
    {
        await ThrottledAsync();

        var answer = await VerifyAsync("""
            "leg": "token", "inOrder": [{"status": 429}, {"status": 503}]
            """);

        Assert.Contains("none for filter 2 after #1: status is 503.", answer.String("message"), StringComparison.Ordinal);
        Assert.Contains("Nearest misses of that filter:", answer.String("message"), StringComparison.Ordinal);
        Assert.Equal([4, 3, 2], answer.Member("nearest").EnumerateArray().Select(miss => miss.GetProperty("number").GetInt32()));
        Assert.Contains(
            "after the one where status is 503, but there is no such one",
            (await VerifyAsync("\"nothingAfter\": {\"status\": 503}")).String("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task only_what_came_since_a_cursor_counts_if_there_is_one()
    {
        await ThrottledAsync();
        var cursor = (await _emulator.AdminAsync("/journal")).Member("cursor").GetInt64();
        await _emulator.AskAsync();

        var answer = await VerifyAsync($"\"after\": {cursor}, \"exactly\": 1");

        Assert.True(answer.Member("holds").GetBoolean(), answer.Text);
    }

    [Theory]
    [InlineData("\"leg\": \"token\"", "says nothing of what is expected. Give at least one of exactly")]
    [InlineData("\"exactly\": 1, \"never\": true", "never and exactly both say")]
    [InlineData("\"exactly\": 1, \"atMost\": 1", "exactly and atLeast or atMost both say")]
    [InlineData("\"between\": [1, 2], \"atLeast\": 1", "between and atLeast or atMost both say")]
    [InlineData("\"never\": false", "body.never is false")]
    [InlineData("\"atLeast\": 3, \"atMost\": 1", "can never hold")]
    [InlineData("\"between\": [3, 1]", "body.between is a list")]
    [InlineData("\"between\": 3", "body.between is 3")]
    [InlineData("\"exactly\": -1", "body.exactly is -1")]
    [InlineData("\"exactly\": 3, \"spacedAbout\": {\"gaps\": [\"1s\"]}", "1 gaps lie between 2 requests")]
    [InlineData("\"spacedAbout\": {\"gaps\": []}", "body.spacedAbout.gaps is a list")]
    [InlineData("\"spacedAbout\": {\"gaps\": [\"soon\"]}", "body.spacedAbout.gaps is a list")]
    [InlineData("\"spacedAbout\": {\"gaps\": [\"1s\"], \"tolerance\": -1}", "body.spacedAbout.tolerance is -1")]
    [InlineData("\"inOrder\": []", "body.inOrder is a list")]
    [InlineData("\"inOrder\": [{}]", "body.inOrder[0] picks anything")]
    [InlineData("\"inOrder\": [{\"state\": 1}]", "body.inOrder[0].state is unknown")]
    [InlineData("\"nothingAfter\": \"noon\"", "body.nothingAfter is \"noon\"")]
    [InlineData("\"leg\": \"arm\", \"never\": true", "body.leg is \"arm\"")]
    [InlineData("\"never\": true, \"often\": true", "body.often is unknown")]
    public async Task what_makes_no_sense_is_refused(string members, string message)
    {
        var answer = await VerifyAsync(members);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.String("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_host_that_is_not_there_is_no_reason_for_never_to_hold()
    {
        var answer = await VerifyAsync("\"host\": \"vn\", \"never\": true");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.True((await VerifyAsync("\"host\": \"authority\", \"never\": true")).Member("holds").GetBoolean());
    }

    public async ValueTask InitializeAsync() =>
        _emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _clock });

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private Task<Answer> VerifyAsync(string members) => _emulator.ChangeAsync("/journal/verify", $"{{{members}}}");

    // 09:26:53, :54, :56 and 09:27:00.
    private async Task ThrottledAsync()
    {
        _emulator["vm"].Faults.Enqueue(Fault.TooManyRequests(), times: 3);
        foreach (var pause in new[] { 0, 1, 2, 4 })
        {
            _clock.Advance(TimeSpan.FromSeconds(pause));
            await _emulator.AskAsync();
        }
    }
}
