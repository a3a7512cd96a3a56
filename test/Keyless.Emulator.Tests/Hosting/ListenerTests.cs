using System.Net;
using System.Text;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Hosting;

public sealed class ListenerTests(RunningEmulator running)
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private EmulatedHost Imds => running[SourceKind.Imds];

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task a_foreign_host_header_is_refused_on_every_host(SourceKind source)
    {
        foreach (var name in new[] { "attacker.example", $"attacker.example:{running[source].Endpoint.Port}", "127.0.0.1:1", "localhost" })
        {
            var answer = await running[source].GetAsync("", ("Host", name), HostCalls.Metadata);

            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.Status);
            Assert.DoesNotContain("attacker", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_foreign_host_header_is_refused_by_the_issuer_and_never_reflected()
    {
        var document = new Uri(running.Emulator.Authority, ".well-known/openid-configuration");

        var foreign = await HostCalls.GetAsync(document, ("Host", "attacker.example"));
        var local = await HostCalls.GetAsync(document, ("Host", $"localhost:{document.Port}"));

        Assert.Equal(HttpStatusCode.MisdirectedRequest, foreign.Status);
        Assert.Equal(running.Emulator.Authority.AbsoluteUri, local.String("issuer"));
    }

    [Fact]
    public async Task its_own_address_and_localhost_are_both_right()
    {
        foreach (var name in new[] { "127.0.0.1", "localhost", "LocalHost" })
        {
            var answer = await Imds.GetAsync(Ask, HostCalls.Metadata, ("Host", $"{name}:{Imds.Endpoint.Port}"));

            Assert.Equal(HttpStatusCode.OK, answer.Status);
        }
    }

    [Theory]
    [InlineData("GET {token} HTTP/1.1\r\nMetadata: true\r\n\r\n")]
    [InlineData("GET {token} HTTP/1.0\r\nMetadata: true\r\n\r\n")]
    [InlineData("GET {token} HTTP/1.1\r\nHost: a\r\nHost: b\r\nMetadata: true\r\n\r\n")]
    [InlineData("GET http://attacker.example{token} HTTP/1.1\r\nHost: attacker.example\r\nMetadata: true\r\n\r\n")]
    [InlineData("GET http://attacker.example{token} HTTP/1.1\r\nHost: {own}\r\nMetadata: true\r\n\r\n")]
    [InlineData("GET {token} HTTP/1.1\r\nHost: user@{own}\r\nMetadata: true\r\n\r\n")]
    public async Task a_request_without_one_right_host_is_refused(string request)
    {
        var head = await RawCall.SendAsync(Imds.Endpoint, request
            .Replace("{own}", Imds.Endpoint.Authority, StringComparison.Ordinal)
            .Replace("{token}", $"{Imds.Endpoint.AbsolutePath}?{Ask}", StringComparison.Ordinal));

        Assert.Matches("^HTTP/1.[01] 4(00|21) ", head);
    }

    [Fact]
    public async Task a_body_that_is_too_large_is_refused()
    {
        using var content = new StringContent("resource=" + new string('a', 100_000), Encoding.ASCII, "application/x-www-form-urlencoded");

        var answer = await HostCalls.SendAsync(HttpMethod.Post, running[SourceKind.CloudShell].Endpoint, content, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task headers_that_are_too_large_are_refused()
    {
        var answer = await Imds.GetAsync(Ask, HostCalls.Metadata, ("X-Large", new string('a', 40_000)));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.Status);
    }

    [Fact]
    public async Task no_host_but_imds_says_what_serves_it()
    {
        foreach (var source in Enum.GetValues<SourceKind>().Where(source => source != SourceKind.Imds))
            Assert.False((await running[source].GetAsync("")).Headers.Contains("Server"));
    }
}
