using System.Text;
using System.Text.Json;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Journaling;

public sealed class JournalTests : IAsyncLifetime
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private ManagedIdentityEmulator _emulator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EmulatedHost Vm => _emulator[SourceKind.Imds];

    private EmulatedHost Web => _emulator[SourceKind.AppService];

    [Fact]
    public async Task a_request_is_recorded_with_what_it_meant_and_how_it_ended()
    {
        var orders = _emulator.Identities.Single(identity => identity.Name == "orders");

        await Vm.GetAsync($"{Ask}&client_id={orders.ClientId}", HostCalls.Metadata, ("User-Agent", "azsdk-net-Identity/1.13.0"), ("traceparent", "00-1-2-03"));

        var entry = Assert.Single(Vm.Journal.Entries);
        Assert.Equal("vm", entry.Host);
        Assert.Equal(SourceKind.Imds, entry.Source);
        Assert.Equal(Leg.Token, entry.Leg);
        Assert.Equal("GET", entry.Method);
        Assert.Equal(Vm.Endpoint.AbsolutePath, entry.Path);
        Assert.Equal(orders, entry.Identity);
        Assert.Equal(HostCalls.Vault, entry.Resource);
        Assert.Equal(200, entry.Status);
        Assert.Equal("Azure SDK for .NET", entry.Sdk);
        Assert.Contains(entry.CorrelationIds, id => id is { Key: "traceparent", Value: "00-1-2-03" });
        Assert.Contains(entry.CorrelationIds, id => id.Key == "x-ms-request-id");
        Assert.Contains(new KeyValuePair<string, string>("client_id", orders.ClientId.ToString()), entry.Query);
        Assert.True(entry.AnswerLength > 1000);
        Assert.NotNull(entry.TokenId);
        var token = Assert.Single(entry.Tokens);
        Assert.Equal(entry.TokenSha256, token.Sha256);
        Assert.Equal(orders.ObjectId.ToString(), token.Claims?.GetProperty("oid").GetString());
    }

    [Fact]
    public async Task the_emulators_journal_holds_the_entries_of_all_hosts_and_of_the_authority()
    {
        await Vm.GetAsync("");
        await Web.GetAsync("");
        await HostCalls.GetAsync(new Uri(_emulator.Authority, ".well-known/openid-configuration"));

        Assert.Equal(["vm", "web", "authority"], _emulator.Journal.Entries.Select(entry => entry.Host));
        Assert.Equal([1, 2, 3], _emulator.Journal.Entries.Select(entry => entry.Number));
        Assert.Same(Assert.Single(Web.Journal.Entries), _emulator.Journal.Entries[1]);
        Assert.Equal([Leg.Probe, Leg.Token, Leg.Discovery], _emulator.Journal.Entries.Select(entry => entry.Leg));
    }

    [Fact]
    public async Task exactly_so_many_requests_are_verified()
    {
        for (var i = 0; i < 3; i++)
            await Vm.GetAsync(Ask, HostCalls.Metadata);
        await Vm.GetAsync("");

        Vm.Journal.Verify(r => r.Leg == Leg.Token).Exactly(3);
        Vm.Journal.Verify().Exactly(4);
        var failure = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify(r => r.Leg == Leg.Token).Exactly(2));
        Assert.StartsWith(
            "Expected exactly 2 requests to the host vm where r => r.Leg == Leg.Token, but there were 3.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task requests_are_taken_one_by_one_and_waited_for()
    {
        var waiting = Vm.Journal.TakeRequestAsync(Patience, Cancellation);
        Assert.False(waiting.IsCompleted);

        await Vm.GetAsync("first=1");
        await Vm.GetAsync("second=2");

        Assert.Equal("first", Assert.Single((await waiting).Query).Key);
        Assert.Equal("second", Assert.Single((await Vm.Journal.TakeRequestAsync(Patience, Cancellation)).Query).Key);
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => Vm.Journal.TakeRequestAsync(TimeSpan.FromMilliseconds(1), Cancellation));
        Assert.Contains("the host vm", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task waiting_ends_with_enough_requests_or_says_what_there_was()
    {
        var waiting = _emulator.Journal.WaitForAsync(r => r.Status == 400, 3, Patience, Cancellation);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(waiting.IsCompleted);
            await Vm.GetAsync("");
        }

        Assert.Equal(3, (await waiting).Count);
        var exception = await Assert.ThrowsAsync<TimeoutException>(
            () => Vm.Journal.WaitForAsync(r => r.Status == 400, 4, TimeSpan.FromMilliseconds(1), Cancellation));
        Assert.Contains("3 of 4 requests came to the host vm where r => r.Status == 400.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GET /metadata/identity/oauth2/token", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Vm.Journal.WaitForAsync(r => r.Status == 1, 1, Patience, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task the_oldest_are_forgotten_and_all_can_be()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], OpenPorts = false, JournalCapacity = 3 }, Cancellation);
        using var client = new HttpClient(emulator.CreateHandler());
        for (var i = 0; i < 5; i++)
            (await client.GetAsync(emulator[SourceKind.Imds].Endpoint, Cancellation)).Dispose();

        Assert.Equal([3, 4, 5], emulator.Journal.Entries.Select(entry => entry.Number));
        Assert.Equal(2, emulator.Journal.Forgotten);
        emulator.Journal.Clear();
        Assert.Equal(0, emulator.Journal.Count);
        Assert.Equal(3, emulator[SourceKind.Imds].Journal.Count);
    }

    [Fact]
    public async Task a_request_that_was_meant_for_another_platform_gets_a_hint()
    {
        using var form = new StringContent("resource=https://vault.azure.net");

        var answer = await HostCalls.SendAsync(HttpMethod.Post, new Uri(Web.Endpoint, "/oauth2/token"), form, HostCalls.Metadata);
        await Vm.GetAsync("");

        Assert.Equal("looks like Cloud Shell against an App Service host", Assert.Single(Web.Journal.Entries).Hint);
        Assert.EndsWith("Tokens are at /msi/token. This looks like Cloud Shell against an App Service host.", answer.String("message"), StringComparison.Ordinal);
        Assert.Null(Assert.Single(Vm.Journal.Entries).Hint);
    }

    [Fact]
    public async Task exports_are_an_http_archive_and_a_json_object_a_line()
    {
        await Vm.GetAsync(Ask, HostCalls.Metadata);
        using var form = new StringContent("resource=x&a=b%20c");
        await HostCalls.SendAsync(HttpMethod.Post, _emulator[SourceKind.CloudShell].Endpoint, form);
        using var har = new MemoryStream();
        using var lines = new MemoryStream();

        await _emulator.Journal.WriteHarAsync(har, Cancellation);
        await _emulator.Journal.WriteJsonLinesAsync(lines, Cancellation);

        var log = JsonDocument.Parse(har.ToArray()).RootElement.GetProperty("log");
        Assert.Equal("1.2", log.GetProperty("version").GetString());
        Assert.NotEmpty(log.GetProperty("creator").GetProperty("version").GetString()!);
        Assert.Equal(2, log.GetProperty("entries").GetArrayLength());
        foreach (var entry in log.GetProperty("entries").EnumerateArray())
        {
            AssertMembers(entry, "startedDateTime", "time", "request", "response", "cache", "timings");
            AssertMembers(
                entry.GetProperty("request"), "method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize");
            AssertMembers(
                entry.GetProperty("response"),
                "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize", "bodySize");
            AssertMembers(entry.GetProperty("timings"), "send", "wait", "receive");
        }

        Assert.Equal($"{Vm.Endpoint}?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net", log.GetProperty("entries")[0].GetProperty("request").GetProperty("url").GetString());
        var rows = Encoding.UTF8.GetString(lines.ToArray()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["vm", "shell"], rows.Select(row => row.GetProperty("host").GetString()));
        Assert.Equal(200, rows[0].GetProperty("status").GetInt32());
        Assert.Equal("b c", rows[1].GetProperty("form")[1].GetProperty("value").GetString());
    }

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { ArcKeyDirectory = _directory.Path }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _directory.Dispose();
    }

    private static void AssertMembers(JsonElement json, params string[] names) =>
        Assert.All(names, name => Assert.True(json.TryGetProperty(name, out _), name));
}
