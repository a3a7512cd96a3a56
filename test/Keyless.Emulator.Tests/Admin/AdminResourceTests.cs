using System.Net;
using System.Text.Json;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Admin;

public sealed class AdminResourceTests
{
    [Fact]
    public async Task hosts_come_with_the_variables_that_lead_to_them()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var web = (await emulator.AdminAsync("/hosts/WEB")).Member("host");

        Assert.Equal("app-service", web.GetProperty("kind").GetString());
        Assert.Equal("app-service", web.GetProperty("source").GetString());
        Assert.Equal(
            emulator["web"].Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            web.GetProperty("variables").EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task the_clock_is_frozen_moved_and_skewed()
    {
        var real = new FakeClock();
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = real });

        var frozen = await emulator.ChangeAsync("/clock/freeze");
        var advanced = await emulator.ChangeAsync("/clock/advance", """{"by": "25h"}""");
        var skewed = await emulator.ChangeAsync("/clock/skew", """{"by": "-10m"}""");
        var fast = await emulator.ChangeAsync("/clock/speed", """{"factor": 60}""");
        await emulator.ChangeAsync("/clock/resume");

        Assert.True(frozen.Member("frozen").GetBoolean());
        Assert.Equal(real.Now.AddHours(25), advanced.Member("now").GetDateTimeOffset());
        Assert.Equal(real.Now, advanced.Member("realNow").GetDateTimeOffset());
        Assert.Equal("-10m", skewed.String("skew"));
        Assert.Equal(60, fast.Member("speed").GetDouble());
        Assert.False(emulator.Clock.IsFrozen);

        await emulator.ChangeAsync("/clock/set", """{"time": "2030-01-01T00:00:00+01:00"}""");
        Assert.Equal(new DateTimeOffset(2029, 12, 31, 23, 0, 0, TimeSpan.Zero), emulator.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("/clock/advance", """{"by": "-1h"}""", "forward only")]
    [InlineData("/clock/advance", """{"by": 5}""", "body.by")]
    [InlineData("/clock/advance", "{}", "body.by is missing")]
    [InlineData("/clock/advance", "[", "The body is no JSON")]
    [InlineData("/clock/advance", "[]", "Give an object")]
    [InlineData("/clock/advance", """{"by": "1h", "hours": 1}""", "body.hours is unknown")]
    [InlineData("/clock/advance", """{"by": "999999d"}""", "1980 to 2200")]
    [InlineData("/clock/set", """{"time": "2030-01-01T00:00:00"}""", "with its offset")]
    [InlineData("/clock/set", """{"time": "soon"}""", "with its offset")]
    [InlineData("/clock/set", """{"time": "0001-01-01T00:00:00Z"}""", "1980 to 2200")]
    [InlineData("/clock/speed", """{"factor": 0}""", "body.factor")]
    [InlineData("/clock/speed", """{"factor": "fast"}""", "body.factor")]
    [InlineData("/keys/rotate", """{"overlap": "-1h"}""", "body.overlap")]
    [InlineData("/identities", """{"name": "no good"}""", "no good")]
    [InlineData("/identities", """{"name": "orders"}""", "orders")]
    [InlineData("/identities", """{"name": "x", "clientId": "1"}""", "body.clientId")]
    [InlineData("/identities", """{"name": "x", "tenant": "nowhere"}""", "nowhere")]
    [InlineData("/faults/rules", """{"rule": {"name": "x", "fault": {"kind": "flood"}}}""", "body.rule.fault.kind")]
    [InlineData("/faults/queue", """{"fault": {"kind": "status", "status": 429}, "times": 0}""", "body.times")]
    public async Task what_makes_no_sense_is_refused_with_its_place(string path, string body, string message)
    {
        await using var emulator = await AdminCalls.StartAsync();
        var before = await emulator.AdminAsync("/identities");

        var answer = await emulator.ChangeAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.String("message"), StringComparison.Ordinal);
        Assert.Equal(before.Text, (await emulator.AdminAsync("/identities")).Text);
    }

    [Fact]
    public async Task a_queued_fault_happens_so_often_and_a_rule_until_it_is_removed()
    {
        await using var emulator = await AdminCalls.StartAsync();

        await emulator.ChangeAsync("/faults/queue", """{"host": "vm", "fault": {"kind": "status", "status": 429, "retryAfter": "2s"}, "times": 2}""");
        var added = await emulator.ChangeAsync("/faults/rules", """{"rule": {"name": "busy", "match": {"leg": "token"}, "fault": {"kind": "status", "status": 503}}}""");
        int[] seen = [.. await Task.WhenAll([StatusAsync()]), await StatusAsync(), await StatusAsync()];
        var plans = (await emulator.AdminAsync("/faults")).Member("plans");
        var gone = await emulator.DeleteAsync("/faults/rules/busy");
        var again = await emulator.DeleteAsync("/faults/rules/busy");

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal([429, 429, 503], seen);
        Assert.Equal("busy", plans[0].GetProperty("rules")[0].GetProperty("name").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (gone.Status, again.Status));
        Assert.Equal(200, await StatusAsync());

        async Task<int> StatusAsync() => (int)(await emulator.AskAsync()).Status;
    }

    [Fact]
    public async Task faults_are_cleared_of_one_host_or_of_all()
    {
        await using var emulator = await AdminCalls.StartAsync();
        foreach (var host in new[] { "\"vm\"", "\"web\"", "null" })
            await emulator.ChangeAsync("/faults/rules", """{"host": HOST, "rule": {"name": "down", "fault": {"kind": "status", "status": 503}}}""".Replace("HOST", host, StringComparison.Ordinal));

        await emulator.DeleteAsync("/faults?host=vm");
        Assert.Equal((0, 1, 1), (emulator["vm"].Faults.Rules.Count, emulator["web"].Faults.Rules.Count, emulator.Faults.Rules.Count));

        await emulator.DeleteAsync("/faults");
        Assert.Equal((0, 0, 0), (emulator["vm"].Faults.Rules.Count, emulator["web"].Faults.Rules.Count, emulator.Faults.Rules.Count));
    }

    [Fact]
    public async Task presets_are_listed_applied_and_removed_by_their_name()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var presets = (await emulator.AdminAsync("/faults/presets")).Member("presets").EnumerateArray().Select(preset => preset.GetProperty("name").GetString()!).ToArray();
        Assert.Equal(Keyless.Emulator.Faults.FaultPresets.All.Select(preset => preset.Name), presets);
        foreach (var preset in presets)
        {
            Assert.Equal(HttpStatusCode.Created, (await emulator.ChangeAsync($"/faults/presets/{preset}", """{"host": "vm"}""")).Status);
            Assert.NotEmpty(emulator["vm"].Faults.Rules);
            Assert.Equal(HttpStatusCode.OK, (await emulator.DeleteAsync($"/faults/rules/{preset}?host=vm")).Status);
            Assert.Empty(emulator["vm"].Faults.Rules);
        }

        Assert.Contains(
            "There is no preset 'x'", (await emulator.ChangeAsync("/faults/presets/x")).String("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_journal_is_exported_in_two_forms()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var token = (await emulator.AskAsync()).Token;

        var har = await emulator.AdminAsync("/journal/export");
        var lines = await emulator.AdminAsync("/journal/export?format=jsonl&host=vm");
        var other = await emulator.AdminAsync("/journal/export?format=xml");

        Assert.Equal(1, har.Member("log.entries").GetArrayLength());
        Assert.Equal("application/jsonl; charset=utf-8", lines.ContentType);
        Assert.Equal(
            "vm", JsonDocument.Parse(Assert.Single(lines.Text.TrimEnd('\n').Split('\n'))).RootElement.GetProperty("host").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.DoesNotContain(token, har.Text + lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task kinds_of_faults_are_listed_with_their_parameters()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var status = (await emulator.AdminAsync("/faults/kinds")).Member("kinds").EnumerateArray().Single(kind => kind.GetProperty("name").GetString() == "status");

        Assert.Contains("retryAfter", status.GetProperty("parameters").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task the_journal_is_filtered_shown_and_cleared_and_holds_no_token()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var token = (await emulator.AskAsync()).Token;
        await emulator.AskAsync("&client_id=1");

        var all = await emulator.AdminAsync("/journal");
        var refused = await emulator.AdminAsync("/journal?host=vm&leg=token&status=400");
        var newest = await emulator.AdminAsync("/journal?limit=1");
        var one = await emulator.AdminAsync("/journal/1");

        Assert.Equal([200, 400], Statuses(all));
        Assert.Equal([400], Statuses(refused));
        Assert.Equal([400], Statuses(newest));
        Assert.Equal(HostCalls.Vault, one.Member("request.resource").GetString());
        Assert.Contains("sha256:", one.Member("request.answerBody").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, all.Text + one.Text, StringComparison.Ordinal);

        await emulator.DeleteAsync("/journal");
        Assert.Empty(Statuses(await emulator.AdminAsync("/journal")));
        Assert.Equal(0, emulator["vm"].Journal.Count);
    }

    [Fact]
    public async Task who_waits_gets_the_next_request_and_only_that()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await emulator.AskAsync();
        var cursor = (await emulator.AdminAsync("/journal")).Member("cursor").GetInt64();

        var waiting = emulator.AdminAsync($"/journal?after={cursor}&wait=60&leg=token");
        await emulator.AskAsync("&client_id=1");
        var answer = await waiting;

        Assert.Equal([400], Statuses(answer));
        Assert.Empty(Statuses(await emulator.AdminAsync($"/journal?after={answer.Member("cursor").GetInt64()}&wait=0")));
    }

    [Fact]
    public async Task keys_are_listed_rotated_and_revoked_without_their_private_half()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var first = new DecodedToken((await emulator.AskAsync()).Token).Header.GetProperty("kid").GetString()!;

        var next = (await emulator.ChangeAsync("/keys/next")).Member("key.id").GetString();
        var rotated = (await emulator.ChangeAsync("/keys/rotate", """{"overlap": "1h"}""")).Member("key");
        var listed = await emulator.AdminAsync("/keys");
        await emulator.DeleteAsync($"/keys/{first}");
        var unknown = await emulator.DeleteAsync("/keys/unknown");

        Assert.Equal((next, "active"), (rotated.GetProperty("id").GetString(), rotated.GetProperty("state").GetString()));
        Assert.Equal(
            [("active", next), ("retiring", first)],
            listed.Member("keys").EnumerateArray().Select(key => (
                key.GetProperty("state").GetString()!, key.GetProperty("id").GetString())));
        Assert.Equal("gone", (await emulator.AdminAsync("/keys")).Member("keys").EnumerateArray()
            .Single(key => key.GetProperty("id").GetString() == first).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.DoesNotContain("PRIVATE", listed.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task identities_are_made_assigned_disabled_and_deleted()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions
        {
            Hosts = [new() { Name = "vm", Kind = HostKind.VirtualMachine, UserAssigned = [] }],
        });

        var added = await emulator.ChangeAsync("/identities", """{"name": "shipping", "clientId": "11111111-2222-3333-4444-555555555555"}""");
        var before = await AskAsync();
        await emulator.ChangeAsync("/identities/shipping/assign", """{"host": "vm"}""");
        var assigned = await AskAsync();
        await emulator.ChangeAsync("/identities/shipping/disable");
        var disabled = (await emulator.AdminAsync("/identities")).Member("identities").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "shipping");
        await emulator.ChangeAsync("/identities/shipping/enable");
        await emulator.ChangeAsync("/identities/shipping/unassign", """{"host": "vm"}""");
        var after = await AskAsync();
        var removed = await emulator.DeleteAsync("/identities/shipping");
        var own = await emulator.DeleteAsync("/identities/vm");

        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal((400, 200, 400), ((int)before.Status, (int)assigned.Status, (int)after.Status));
        Assert.Equal((false, "vm"), (disabled.GetProperty("enabled").GetBoolean(), disabled.GetProperty("hosts")[0].GetString()));
        Assert.Equal(HttpStatusCode.OK, removed.Status);
        Assert.DoesNotContain(emulator.Identities, identity => identity.Name == "shipping");
        Assert.Contains("a host's own identity", own.String("message"), StringComparison.Ordinal);

        Task<Answer> AskAsync() => emulator.AskAsync("&client_id=11111111-2222-3333-4444-555555555555");
    }

    private static int[] Statuses(Answer answer) =>
        [.. answer.Member("requests").EnumerateArray().Select(entry => entry.GetProperty("status").GetInt32())];
}
