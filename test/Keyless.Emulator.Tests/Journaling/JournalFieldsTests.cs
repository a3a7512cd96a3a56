using System.Text;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tests.Admin;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Journaling;

/// <summary>What the journal keeps of an exchange stands everywhere that it is shown: in code, in both exports and in the admin API.</summary>
public sealed class JournalFieldsTests
{
    private const string Sent = "0b9c2a5e-6a5f-4d0c-8a55-0e6d5ad0b1aa";

    private static readonly string[] Names =
    [
        "number", "time", "realTime", "host", "source", "leg", "method", "path", "query", "headers", "selector", "identity", "resource", "fault",
        "status", "durationMs", "realDurationMs", "requestLength", "answerLength", "tokenId", "tokenSha256", "sdk", "correlationIds",
    ];

    [Fact]
    public async Task every_member_of_an_exchange_is_in_every_form()
    {
        var clock = new FakeClock();
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = clock });
        var vm = emulator["vm"];
        var client = emulator.Identities.Single(identity => identity.Name == "orders").ClientId;
        vm.Faults.Enqueue(Fault.Latency(TimeSpan.FromSeconds(3)));

        var asking = vm.GetAsync(
            $"api-version=2018-02-01&resource={HostCalls.Vault}&client_id={client}",
            HostCalls.Metadata,
            ("x-ms-client-request-id", Sent),
            ("User-Agent", "curl/8.5"));
        await clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(3));
        var answer = await asking;

        var entry = Assert.Single(vm.Journal.Entries);
        Assert.Equal($"client_id={client}", entry.Selector);
        Assert.Equal("orders", entry.Identity?.Name);
        Assert.Equal(TimeSpan.FromSeconds(3), entry.Duration);
        Assert.Equal(TimeSpan.FromSeconds(3), entry.Delay);
        Assert.Equal(Encoding.UTF8.GetByteCount(answer.Text), entry.AnswerLength);

        var line = JsonSerializer.Deserialize<JsonElement>((await emulator.AdminAsync("/journal/export?format=jsonl")).Text.TrimEnd());
        var shown = (await emulator.AdminAsync("/journal/1")).Member("request");
        var listed = (await emulator.AdminAsync("/journal")).Member("requests")[0];
        Assert.All(Names, name => Assert.NotEqual(JsonValueKind.Null, line.GetProperty(name).ValueKind));
        Assert.All(Names, name => Assert.NotEqual(JsonValueKind.Null, shown.GetProperty(name).ValueKind));
        Assert.All(
            Names.Except(["query", "headers"]), name => Assert.NotEqual(JsonValueKind.Null, listed.GetProperty(name).ValueKind));
        foreach (var form in new[] { line, shown, listed })
        {
            Assert.Equal($"client_id={client}", form.GetProperty("selector").GetString());
            Assert.Equal(entry.AnswerLength, form.GetProperty("answerLength").GetInt32());
            Assert.Equal(3000, form.GetProperty("durationMs").GetDouble());
            Assert.Contains(
                form.GetProperty("correlationIds").EnumerateArray(),
                id => id.GetProperty("name").GetString() == "x-ms-client-request-id" && id.GetProperty("value").GetString() == Sent);
        }

        Assert.Equal("latency", line.GetProperty("cause").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task an_http_archive_has_what_others_lack_under_names_of_its_own()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });
        var client = emulator.Identities.Single(identity => identity.Name == "billing").ClientId;
        emulator["vm"].Faults.Enqueue(Fault.TokenLifetime(TimeSpan.FromHours(1)));

        await emulator.AskAsync($"&client_id={client}");

        var entry = (await emulator.AdminAsync("/journal/export")).Member("log.entries")[0];
        foreach (var name in Names.Except(["time", "realTime", "method", "path", "query", "headers", "status", "durationMs", "realDurationMs", "requestLength", "answerLength", "sdk"]))
            Assert.True(entry.TryGetProperty($"_{name}", out _), $"There is no _{name}.");
        Assert.Equal("token", entry.GetProperty("_cause").GetProperty("kind").GetString());
        Assert.Equal("billing", entry.GetProperty("_identity").GetString());
        Assert.True(entry.GetProperty("_virtualDurationMs").GetDouble() >= 0);
    }

    [Fact]
    public async Task ids_in_the_bodies_of_errors_are_correlation_ids_too()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds, SourceKind.ServiceFabric] }, TestContext.Current.CancellationToken);

        using var form = new StringContent("grant_type=client_credentials&client_id=x&client_secret=é", Encoding.UTF8, "application/x-www-form-urlencoded");
        var entra = await HostCalls.SendAsync(
            HttpMethod.Post, new Uri(emulator.Authority, "oauth2/v2.0/token"), form, ("client-request-id", Sent));
        var fabric = await emulator[SourceKind.ServiceFabric].GetAsync("");

        var (first, second) = (emulator.Journal.Entries[0], emulator.Journal.Entries[1]);
        Assert.Contains(first.CorrelationIds, id => id is { Key: "correlation_id", Value: Sent });
        Assert.Contains(first.CorrelationIds, id => id.Key == "trace_id" && id.Value == entra.String("trace_id"));
        Assert.Contains(second.CorrelationIds, id => id.Key == "correlationId" && id.Value == fabric.String("error.correlationId"));
        Assert.Equal("grant_type=client_credentials&client_id=x&client_secret=é".Length + 1, first.RequestLength);
    }

    [Fact]
    public async Task a_request_with_several_selectors_shows_them_all_and_one_without_shows_none()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds] }, TestContext.Current.CancellationToken);

        await emulator.AskAsync("&client_id=1&object_id=2");
        await emulator.AskAsync();

        Assert.Equal("client_id=1&object_id=2", emulator.Journal.Entries[0].Selector);
        Assert.Null(emulator.Journal.Entries[0].Identity);
        Assert.Null(emulator.Journal.Entries[1].Selector);
        Assert.Equal("vm", emulator.Journal.Entries[1].Identity?.Name);
    }
}
