using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Keyless.Testing.Tests.Wire;

public sealed class ScriptedServerTests : IDisposable
{
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task replies_follow_the_script_on_one_connection()
    {
        await using var server = ScriptedServer.Start(
            Reply.Json(200, """{"a":1}""", ("X-Id", "7")), Reply.Text(429, "slow down", ("Retry-After", "3")), Reply.Empty(404));

        using var json = await _client.GetAsync(server.Address, Cancellation);
        Assert.Equal("""{"a":1}""", await json.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("application/json", json.Content.Headers.ContentType?.MediaType);
        Assert.Equal("7", Assert.Single(json.Headers.GetValues("X-Id")));

        using var text = await _client.GetAsync(server.Address, Cancellation);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3)), (text.StatusCode, text.Headers.RetryAfter?.Delta));

        using var empty = await _client.GetAsync(server.Address, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, empty.StatusCode);

        Assert.Equal((1, 3), (server.Connections, server.Requests.Count));
        Assert.Equal([1, 1, 1], server.Requests.Select(request => request.ConnectionId));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task a_request_is_recorded_as_it_was_sent()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(204));
        const string Head = "GET /token?resource=https%3A%2F%2Fx%20y&a=1+2&a=3&flag HTTP/1.1\r\nHost: x\r\nX-IDENTITY-HEADER:s3cret\r\nx-identity-header:  two \r\n\r\n";

        await SendRawAsync(server, Head);

        var request = await server.NextRequestAsync(Cancellation);
        Assert.Equal("GET", request.Method);
        Assert.Equal("/token", request.Path);
        Assert.Equal("/token?resource=https%3A%2F%2Fx%20y&a=1+2&a=3&flag", request.Target);
        Assert.Equal(
            [new("Host", "x"), new("X-IDENTITY-HEADER", "s3cret"), new("x-identity-header", "two")],
            request.Headers);
        Assert.Equal(("s3cret", null), (request.Header("X-identity-header"), request.Header("Metadata")));
        Assert.Equal(("https://x y", "1 2", "", null), (request.Query("resource"), request.Query("a"), request.Query("flag"), request.Query("A")));
        Assert.Equal(Head, Encoding.Latin1.GetString([.. request.Raw]));
        Assert.Equal("", request.Body);
    }

    [Fact]
    public async Task bodies_are_read_whole_with_a_length_and_in_chunks()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(204), Reply.Empty(204));

        using var sized = new StringContent("résource=1");
        using var first = await _client.PostAsync(server.Address, sized, Cancellation);
        await SendRawAsync(server, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nreso\r\nB\r\nurce=https:\r\n0\r\nTrailer: t\r\n\r\n");

        Assert.Equal(["résource=1", "resource=https:"], server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task requests_that_come_together_are_told_apart()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(201), Reply.Empty(202, ("Connection", "close")));

        var answers = await SendRawAsync(server, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");

        Assert.Equal(["/1", "/2"], server.Requests.Select(request => request.Target));
        Assert.Matches("(?s)^HTTP/1.1 201 .*HTTP/1.1 202 ", answers);
    }

    [Fact]
    public async Task a_reply_can_depend_on_the_request()
    {
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.When(request => Reply.Text(200, request.Query("n")!));

        Assert.Equal("1", await _client.GetStringAsync(new Uri(server.Address, "?n=1"), Cancellation));
        Assert.Equal("2", await _client.GetStringAsync(new Uri(server.Address, "?n=2"), Cancellation));
        Assert.Empty(server.UnexpectedRequests);
    }

    [Fact]
    public async Task a_request_beyond_the_script_is_unexpected()
    {
        await using var server = ScriptedServer.Start();

        using var answer = await _client.GetAsync(new Uri(server.Address, "/late"), Cancellation);

        Assert.Equal(599, (int)answer.StatusCode);
        Assert.Equal("/late", Assert.Single(server.UnexpectedRequests).Target);
    }

    [Fact]
    public async Task a_redirect_names_its_target()
    {
        await using var server = ScriptedServer.Start(Reply.Redirect("/there", 307), Reply.Html(200, "<p>portal</p>"));

        Assert.Equal("<p>portal</p>", await _client.GetStringAsync(server.Address, Cancellation));
        Assert.Equal(["/", "/there"], server.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task what_is_not_a_request_is_kept_as_a_fault()
    {
        await using var server = ScriptedServer.Start();

        Assert.Equal("", await SendRawAsync(server, "EHLO\r\n\r\n"));

        Assert.IsType<InvalidDataException>(Assert.Single(server.Faults));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task concurrent_requests_are_counted()
    {
        var gate = new TaskCompletionSource();
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.After(gate.Task, Reply.Empty(204));

        var calls = Enumerable.Range(0, 3).Select(_ => _client.GetAsync(server.Address, Cancellation)).ToArray();
        foreach (var _ in calls)
            await server.NextRequestAsync(Cancellation);
        gate.SetResult();

        foreach (var answer in await Task.WhenAll(calls))
            answer.Dispose();
        Assert.Equal((3, 3), (server.PeakConcurrency, server.Connections));
    }

    [Fact]
    public async Task tls_is_spoken_with_the_given_certificate()
    {
        using var certificate = TestCertificate.CreateSelfSigned();
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var client = new HttpClient(handler);
        await using var server = ScriptedServer.StartTls(certificate, Reply.Text(200, "one"), Reply.Text(200, "two"));

        Assert.Equal("one", await client.GetStringAsync(server.Address, Cancellation));
        Assert.Equal("two", await client.GetStringAsync(server.Address, Cancellation));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task a_client_that_rejects_the_certificate_sends_no_request()
    {
        using var certificate = TestCertificate.CreateSelfSigned();
        await using var server = ScriptedServer.StartTls(certificate);

        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address, Cancellation));
        await server.DisposeAsync();

        Assert.Equal((1, 0), (server.Connections, server.Requests.Count));
    }

    [Fact]
    public async Task nothing_is_left_open_when_the_server_is_disposed()
    {
        var server = ScriptedServer.Start(Reply.Hang());
        var call = _client.GetAsync(server.Address, Cancellation);
        var request = await server.NextRequestAsync(Cancellation);

        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        Assert.True(request.ConnectionClosed.IsCompleted);
        Assert.Equal(0, server.OpenConnections);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address, Cancellation));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
    }

    /// <summary>Sends bytes on a connection of their own, says that no more will come, and answers with everything that came back.</summary>
    private static async Task<string> SendRawAsync(ScriptedServer server, string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), Cancellation);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
