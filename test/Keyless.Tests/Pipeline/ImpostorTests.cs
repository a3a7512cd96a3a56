using System.Text;
using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

/// <summary>What answers at the address but is no managed identity endpoint: only positive proof counts.</summary>
public sealed class ImpostorTests
{
    private const string Token = """{"access_token":"aaa","expires_on":"1792353097","token_type":"Bearer"}""";

    public static TheoryData<int, string> Impostors() => new()
    {
        // Portals and web servers that say 200 to everything.
        { 200, "<!DOCTYPE html><html><head><title>Sign in to the network</title></head></html>" },
        { 200, "\uFEFF\r\n  <html>" },
        { 200, "<!-- { \"access_token\": \"x\" } -->" },
        { 200, "<?xml version=\"1.0\"?><ok/>" },
        { 200, "OK" },
        { 200, "" },
        { 200, " \r\n" },
        { 200, "\uFEFF" },
        { 200, "null" },
        { 200, "true" },
        { 200, "42" },
        { 200, "[]" },
        { 200, $"[{Token}]" },
        { 200, "\"eyJhbGciOiJub25lIn0.e30.\"" },
        { 200, "access_token=aaa&expires_on=1792353097" },
        { 200, $"){Token}" },
        { 200, $"while(1);{Token}" },
        { 200, $"/**/{Token}" },

        // Other services that speak JSON.
        { 200, "{}" },
        { 200, """{"status":"ok"}""" },
        { 200, """{"data":{"access_token":"x","expires_in":1}}""" },
        { 200, """{"accessToken":"x","expiresOn":"2026-10-18 19:51:37.000000"}""" },
        { 404, """{"type":"about:blank","title":"Not Found","status":404}""" },
        { 400, """{"errors":{"resource":["The field is required."]}}""" },
        { 403, """{"detail":"Forbidden"}""" },
        { 401, "[]" },

        // Success of another kind.
        { 201, Token },
        { 202, Token },
        { 203, Token },
        { 204, "" },
        { 206, Token },

        // Redirects.
        { 301, "" },
        { 302, "" },
        { 302, "<a href=\"https://portal.example/login\">here</a>" },
        { 303, Token },
        { 304, "" },
        { 307, "" },
        { 308, "" },

        // Container runtimes without a metadata service, in the languages of their users.
        { 403, "connecting to 169.254.169.254:80: connectex: A socket operation was attempted to an unreachable network." },
        { 403, "connecting to 169.254.169.254:80: connectex: Ein Socketvorgang bezog sich auf ein nicht verfügbares Netzwerk." },
        { 403, "connecting to 169.254.169.254:80: connectex: Une opération a été tentée sur un réseau impossible à atteindre." },
        { 403, "connecting to 169.254.169.254:80: connectex: Se intentó una operación de socket en una red no accesible." },
        { 403, "connecting to 169.254.169.254:80: connectex: 向一个无法连接的网络尝试了一个套接字操作。" },
        { 403, "connecting to 169.254.169.254:80: connectex: 到達できないネットワークに対してソケット操作を実行しようとしました。" },
        { 403, "connecting to 169.254.169.254:80: connectex: Сделана попытка выполнить операцию на сокете при отключенной сети." },

        // Web servers, proxies, other clouds.
        { 400, "<html><head><title>400 Bad Request</title></head></html>" },
        { 400, "Bad Request" },
        { 401, "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><html><title>401 - Unauthorized</title></html>" },
        { 403, "Missing required header: \"Metadata-Flavor\": \"Google\"" },
        { 403, "<html><body><h1>ERROR</h1>Access Denied by the proxy</body></html>" },
        { 404, "404 page not found" },
        { 404, "<html><center><h1>404 Not Found</h1></center><hr><center>nginx</center></html>" },
        { 404, "Cannot GET /metadata/identity/oauth2/token" },
        { 405, "Method Not Allowed" },
        { 407, "<html>Proxy Authentication Required</html>" },
        { 418, "I'm a teapot" },
        { 451, "<html>Unavailable For Legal Reasons</html>" },
        { 511, "" },
        { 511, "<html>Network Authentication Required</html>" },
        { 600, "" },
        { 999, "Request denied" },
    };

    [Theory]
    [MemberData(nameof(Impostors))]
    public void It_is_told_for_what_it_is_on_every_source(int status, string body)
    {
        foreach (var source in Enum.GetValues<SourceKind>())
        {
            var failure = Answers.FailureOf(source, status, body);

            Assert.Equal(FailureKind.NotAnEndpoint, failure.Kind);
            Assert.False(AnswerReader.ProvesPresence(failure));
            Assert.False(failure.IsTransient);
            Assert.Contains("not a managed identity endpoint", failure.Message, StringComparison.Ordinal);
            Assert.True(failure.HostMessage is null || failure.HostMessage.Length is > 0 and <= 120);
        }
    }

    // MSAL.NET says so of every 200 that it can't parse.
    [Theory]
    [InlineData("<html></html>", "managed_identity_response_parse_failure")]
    [InlineData("OK", "managed_identity_response_parse_failure")]
    [InlineData("[]", "managed_identity_response_parse_failure")]
    [InlineData("", "managed_identity_request_failed")]
    [InlineData("{}", "managed_identity_request_failed")]
    [InlineData("""{"status":"ok"}""", "managed_identity_request_failed")]
    public void What_is_not_JSON_has_the_code_for_that(string body, string code) =>
        Assert.Equal(code, Answers.FailureOf(SourceKind.Imds, 200, body).ErrorCode);

    [Fact]
    public void An_answer_without_end_is_none_even_if_it_begins_well()
    {
        var body = Encoding.UTF8.GetBytes(Token + new string(' ', 60_000));

        foreach (var status in new[] { 200, 302 })
            Assert.Equal(
                FailureKind.NotAnEndpoint,
                Answers.FailureOf(SourceKind.AppService, Answers.Of(status, body, truncated: true)).Kind);
    }

    [Fact]
    public void UTF_16_and_other_bytes_are_none()
    {
        byte[][] bodies =
        [
            Encoding.Unicode.GetBytes(Token),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Token)],
            Encoding.BigEndianUnicode.GetBytes(Token),
            Encoding.UTF32.GetBytes(Token),
            [0x1f, 0x8b, 0x08, 0x00, 0x00],
            [0x00, 0x7b],
            [0xff],
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Token)],
        ];
        foreach (var body in bodies)
            Assert.Contains(
                Answers.FailureOf(SourceKind.Imds, Answers.Of(200, body)).Kind,
                new[] { FailureKind.NotAnEndpoint, FailureKind.InvalidResponse });
        foreach (var body in bodies)
            Assert.Equal(FailureKind.NotAnEndpoint, Answers.FailureOf(SourceKind.Imds, Answers.Of(403, body)).Kind);
    }
}
