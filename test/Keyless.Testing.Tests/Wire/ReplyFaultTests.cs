using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Keyless.Testing.Tests.Wire;

/// <summary>Each fault as a client sees it.</summary>
public sealed class ReplyFaultTests : IDisposable
{
    private const string Body = """{"access_token":"abcdefghijklmnopqrstuvwxyz"}""";

    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task a_hang_answers_when_it_is_released()
    {
        await using var server = ScriptedServer.Start(Reply.Hang(then: Reply.Text(200, "at last")));
        var call = _client.GetStringAsync(server.Address, Cancellation);
        await server.NextRequestAsync(Cancellation);
        Assert.False(call.IsCompleted);

        server.Release();

        Assert.Equal("at last", await call);
    }

    [Fact]
    public async Task a_hang_notices_that_the_client_has_given_up()
    {
        await using var server = ScriptedServer.Start(Reply.Hang());
        using var patience = new CancellationTokenSource();
        var call = _client.GetAsync(server.Address, patience.Token);
        var request = await server.NextRequestAsync(Cancellation);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await request.ConnectionClosed.WaitAsync(Cancellation);
    }

    [Fact]
    public async Task a_client_that_leaves_takes_no_reply_with_it()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(204), Reply.Reset(), Reply.Text(200, "recovered"));
        using (var first = new HttpClient())
            (await first.GetAsync(server.Address, Cancellation)).Dispose();
        await server.Requests[0].ConnectionClosed.WaitAsync(Cancellation);

        Assert.Equal(SocketError.ConnectionReset, await SocketErrorAsync(server));
    }

    [Fact]
    public async Task a_hang_after_the_headers_has_sent_them()
    {
        await using var server = ScriptedServer.Start(Reply.HangAfterHeaders(200, Body));

        using var answer = await _client.GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(Body.Length, answer.Content.Headers.ContentLength);
        var reading = answer.Content.ReadAsStringAsync(Cancellation);
        Assert.False(reading.IsCompleted);

        server.Release();
        Assert.Equal(Body, await reading);
    }

    [Fact]
    public async Task a_hang_in_the_body_has_sent_half_of_it()
    {
        await using var server = ScriptedServer.Start(Reply.HangMidBody(200, Body));

        using var answer = await _client.GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancellation);
        await stream.ReadExactlyAsync(new byte[Body.Length / 2], Cancellation);
        var rest = stream.ReadAsync(new byte[1], Cancellation).AsTask();
        Assert.False(rest.IsCompleted);

        server.Release();
        Assert.Equal(1, await rest);
    }

    [Fact]
    public async Task a_drip_sends_one_piece_for_each_opening_of_the_gate()
    {
        using var gate = new SemaphoreSlim(0);
        await using var server = ScriptedServer.Start(Reply.Drip(200, Body, bytesAtATime: 7, gate.WaitAsync));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Cancellation);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);

        var buffer = new byte[100];
        foreach (var piece in (string[])["HTTP/1.", "1 200 O", "K\r\nCont"])
        {
            gate.Release();
            var length = await client.GetStream().ReadAsync(buffer, Cancellation);
            Assert.Equal(piece, Encoding.Latin1.GetString(buffer, 0, length));
        }
    }

    [Fact]
    public async Task a_drip_without_a_gate_arrives_whole()
    {
        await using var server = ScriptedServer.Start(Reply.Drip(200, Body, bytesAtATime: 1));

        Assert.Equal(Body, await _client.GetStringAsync(server.Address, Cancellation));
    }

    [Fact]
    public async Task a_reset_is_one_on_the_wire_and_leaves_the_request_unread()
    {
        await using var server = ScriptedServer.Start(Reply.Reset(), Reply.Text(200, "recovered"));

        Assert.Equal(SocketError.ConnectionReset, await SocketErrorAsync(server));

        Assert.Empty(server.Requests);
        Assert.Equal("recovered", await _client.GetStringAsync(server.Address, Cancellation));
    }

    [Fact]
    public async Task a_reset_can_hit_a_connection_that_was_kept_alive()
    {
        await using var server = ScriptedServer.Start(Reply.Empty(204), Reply.ResetAfterRequest());
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync("GET /1 HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);
        Assert.True(await stream.ReadAsync(new byte[100], Cancellation) > 0);

        await stream.WriteAsync("GET /2 HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);

        var error = await Assert.ThrowsAsync<IOException>(() => stream.ReadAsync(new byte[1], Cancellation).AsTask());
        Assert.Equal(SocketError.ConnectionReset, FindSocketError(error));
        Assert.Equal([1, 1], server.Requests.Select(request => request.ConnectionId));
    }

    [Fact]
    public async Task a_reset_in_the_body_comes_after_the_head()
    {
        await using var server = ScriptedServer.Start(Reply.ResetMidBody(200, Body));

        using var answer = await _client.GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var broken = await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(SocketError.ConnectionReset, FindSocketError(broken));
    }

    [Fact]
    public async Task a_reset_under_tls_comes_before_the_handshake()
    {
        using var certificate = TestCertificate.CreateSelfSigned();
        await using var server = ScriptedServer.StartTls(certificate, Reply.Reset());

        Assert.Equal(SocketError.ConnectionReset, await SocketErrorAsync(server));
    }

    [Fact]
    public async Task a_close_without_an_answer_is_an_end_not_a_reset()
    {
        await using var server = ScriptedServer.Start();
        server.Fallback = Reply.Close();

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address, Cancellation));

        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.Null(FindSocketError(error));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task an_early_close_leaves_the_announced_body_short()
    {
        await using var server = ScriptedServer.Start(Reply.CloseEarly(200, Body, missing: 3));

        using var answer = await _client.GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(Body.Length, answer.Content.Headers.ContentLength);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
    }

    [Fact]
    public async Task garbage_is_not_http()
    {
        await using var server = ScriptedServer.Start(Reply.Garbage());

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address, Cancellation));
        Assert.Equal(HttpRequestError.InvalidResponse, error.HttpRequestError);
    }

    [Fact]
    public async Task an_endless_body_stops_when_the_client_closes()
    {
        var endless = Reply.Endless();
        await using var server = ScriptedServer.Start(endless);

        using (var answer = await _client.GetAsync(server.Address, HttpCompletionOption.ResponseHeadersRead, Cancellation))
        await using (var stream = await answer.Content.ReadAsStreamAsync(Cancellation))
            await stream.ReadExactlyAsync(new byte[1 << 20], Cancellation);

        await endless.Stopped.WaitAsync(Cancellation);
        Assert.True(endless.BytesSent >= (1 << 20) - 100);
    }

    [Fact]
    public async Task a_reply_of_the_tests_own_works_on_bytes_and_its_faults_are_kept()
    {
        await using var server = ScriptedServer.Start(
            Reply.Custom(exchange => exchange.WriteAsync("HTTP/1.1 204 x\r\nConnection: close\r\n\r\n"u8.ToArray())),
            Reply.Custom(_ => throw new NotSupportedException("not this one")));

        using var answer = await _client.GetAsync(server.Address, Cancellation);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PostAsync(server.Address, new StringContent("x"), Cancellation));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.IsType<NotSupportedException>(Assert.Single(server.Faults));
    }

    [Fact]
    public async Task a_black_hole_accepts_and_stays_silent()
    {
        await using var hole = new BlackHole();
        using var client = new TcpClient();

        await client.ConnectAsync(IPAddress.Loopback, hole.Port, Cancellation);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);
        var answer = client.GetStream().ReadAsync(new byte[1], Cancellation).AsTask();

        Assert.Equal(1, await hole.NextConnectionAsync(Cancellation));
        Assert.False(answer.IsCompleted);
        await hole.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => answer);
    }

    [Fact]
    public async Task a_closed_port_refuses()
    {
        using var port = new ClosedPort();
        using var client = new TcpClient();

        var refused = await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(IPAddress.Loopback, port.Port, Cancellation).AsTask());
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    private static SocketError? FindSocketError(Exception? error) => error switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => FindSocketError(error.InnerException),
    };

    private async Task<SocketError?> SocketErrorAsync(ScriptedServer server) =>
        FindSocketError(await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(server.Address, Cancellation)));
}
