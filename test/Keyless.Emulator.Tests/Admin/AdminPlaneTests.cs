using System.Net;
using System.Text;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Admin;

public sealed class AdminPlaneTests
{
    [Fact]
    public async Task there_is_none_unless_it_is_asked_for()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds] }, TestContext.Current.CancellationToken);

        Assert.Null(emulator.AdminAddress);
    }

    [Fact]
    public async Task it_has_a_port_of_its_own_on_loopback()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var state = await emulator.AdminAsync("/");

        Assert.True(emulator.AdminAddress!.IsLoopback);
        Assert.DoesNotContain(
            emulator.AdminAddress.Port, emulator.Hosts.Select(host => host.Endpoint.Port).Append(emulator.Authority.Port));
        Assert.Equal(emulator.AdminAddress.AbsoluteUri, state.String("admin"));
        Assert.Equal(emulator.Authority.AbsoluteUri, state.String("authority"));
        Assert.Equal(["vm", "web"], state.Member("hosts").EnumerateArray().Select(host => host.GetProperty("name").GetString()));
        Assert.Equal("no-store", state.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("attacker.example:{port}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1.attacker.example:{port}")]
    public async Task a_foreign_host_header_is_refused(string host)
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = await emulator.AdminAsync("/", ("Host", Place(host, emulator)));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.Status);
        Assert.DoesNotContain("attacker", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "http://attacker.example:{port}")]
    [InlineData("Origin", "https://127.0.0.1:{port}")]
    [InlineData("Origin", "http://127.0.0.1")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task requests_of_other_web_pages_are_refused_whatever_they_ask(string header, string value)
    {
        await using var emulator = await AdminCalls.StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/", (header, Place(value, emulator)))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator.AdminAsync("/healthz", (header, Place(value, emulator)))).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden, (await emulator.ChangeAsync("/clock/freeze", "", null, (header, Place(value, emulator)))).Status);
        Assert.False(emulator.Clock.IsFrozen);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}")]
    [InlineData("http://localhost:{port}")]
    public async Task its_own_pages_may_ask(string origin)
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = await emulator.ChangeAsync(
            "/clock/freeze", "", null, ("Origin", Place(origin, emulator)), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(emulator.Clock.IsFrozen);
    }

    // The types that a form of a web page can send without asking first.
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    [InlineData("text/plain; a=application/json")]
    [InlineData(null)]
    public async Task a_change_takes_the_type_that_no_form_can_send(string? type)
    {
        await using var emulator = await AdminCalls.StartAsync();
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/clock/freeze"), (HttpMethod.Delete, "/journal") })
        {
            using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("{}"));
            if (type is not null)
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await HostCalls.SendAsync(method, new Uri(emulator.AdminAddress!, path), content);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        }

        Assert.False(emulator.Clock.IsFrozen);
    }

    [Fact]
    public async Task with_a_key_everything_but_health_takes_it()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], AdminKey = AdminCalls.Key });

        var without = await emulator.AdminAsync("/");
        var wrong = await emulator.AdminAsync("/", ("Authorization", $"Bearer {AdminCalls.Key}x"));
        var scheme = await emulator.AdminAsync("/", ("Authorization", $"Basic {AdminCalls.Key}"));
        var right = await emulator.AdminAsync("/", ("Authorization", $"Bearer {AdminCalls.Key}"));

        Assert.All([without, wrong, scheme], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal("Bearer", without.Header("WWW-Authenticate"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.AdminAsync("/openapi.json")).Status);
        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal("alive", (await emulator.AdminAsync("/healthz")).String("status"));
        Assert.Equal("ready", (await emulator.AdminAsync("/readyz")).String("status"));
        Assert.DoesNotContain(AdminCalls.Key, right.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_wider_address_is_the_admin_apis_too_and_its_key_is_asked_for()
    {
        await using var emulator = await AdminCalls.StartAsync(new EmulatorOptions
        {
            Sources = [SourceKind.Imds],
            Address = IPAddress.Any,
            AllowRemote = true,
            AdminKey = AdminCalls.Key,
            AllowedHosts = ["emulator"],
        });
        var local = new UriBuilder(emulator.AdminAddress!) { Host = "127.0.0.1" }.Uri;

        Assert.Equal("emulator", emulator.AdminAddress!.Host);
        Assert.Equal(HttpStatusCode.Unauthorized, (await HostCalls.GetAsync(local)).Status);
        Assert.Equal(HttpStatusCode.OK, (await HostCalls.GetAsync(local, ("Authorization", $"Bearer {AdminCalls.Key}"))).Status);
    }

    [Fact]
    public async Task its_own_requests_meet_no_fault_and_are_in_no_journal()
    {
        await using var emulator = await AdminCalls.StartAsync();
        await emulator.ChangeAsync("/faults/rules", """{"rule": {"name": "down", "fault": {"kind": "status", "status": 503}}}""");

        Assert.Equal(HttpStatusCode.OK, (await emulator.AdminAsync("/")).Status);
        Assert.Equal(0, emulator.Journal.Count);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await emulator.AskAsync()).Status);
        Assert.Equal(1, Assert.Single(emulator.Journal.Entries).Number);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "/openapi.json")]
    [InlineData("GET", "/clock/freeze", 405, "takes POST, not GET")]
    [InlineData("POST", "/clock", 405, "takes GET, not POST")]
    [InlineData("GET", "/hosts/nobody", 404, "Hosts: vm, web")]
    [InlineData("GET", "/journal?leg=arm", 400, "leg is 'arm'. Give one of")]
    [InlineData("GET", "/journal?status=-1", 400, "status is '-1'")]
    [InlineData("GET", "/journal?wait=61", 400, "from 0 to 60")]
    [InlineData("GET", "/journal/7", 404, "no request 7")]
    public async Task what_cannot_be_answered_says_why(string method, string path, int status, string message)
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = method == "GET" ? await emulator.AdminAsync(path) : await emulator.ChangeAsync(path);

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(message, answer.String("message"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.String("error"));
    }

    [Theory]
    [InlineData("/tokens", """{"identity":"\ud800","resource":"api://a"}""")]
    [InlineData("/tokens", """{"identity":"orders","resource":"api://a","claims":{"\udfff":"a"}}""")]
    [InlineData("/tokens/inspect", """{"token":["\ud800"]}""")]
    [InlineData("/journal/verify", """{"path":"\ud800","never":true}""")]
    [InlineData("/faults/rules", """{"name":"\ud800","fault":{"kind":"hang"}}""")]
    [InlineData("/faults/replay", """{"host":"vm","recording":"{\"host\":\"\\ud800\"}"}""")]
    [InlineData("/faults/replay", """{"host":"vm","recording":"{\"log\":{\"entries\":[\"\\ud800\"]}}"}""")]
    public async Task half_a_character_is_refused_with_its_name(string path, string body)
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = await emulator.ChangeAsync(path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("half of a surrogate pair", answer.String("message"), StringComparison.Ordinal);
    }

    // Whoever reaches a host may send such a token, and nobody else should have to suffer from it.
    [Fact]
    public async Task half_a_character_in_a_clients_token_does_not_keep_the_journal_from_being_read()
    {
        await using var emulator = await AdminCalls.StartAsync();
        var payload = Convert.ToBase64String(Encoding.ASCII.GetBytes("""{"sub":"\ud800"}""")).TrimEnd('=');
        await emulator.Hosts[0].GetAsync("api-version=1", ("Authorization", $"Bearer eyJhbGciOiJSUzI1NiJ9.{payload}.c2lnbmVk"));

        foreach (var path in new[] { "/journal", "/journal/1", "/journal/export?format=har", "/journal/export?format=jsonl" })
            Assert.Equal(HttpStatusCode.OK, (await emulator.AdminAsync(path)).Status);
    }

    private static string Place(string text, ManagedIdentityEmulator emulator) =>
        text.Replace("{port}", $"{emulator.AdminAddress!.Port}", StringComparison.Ordinal);
}
