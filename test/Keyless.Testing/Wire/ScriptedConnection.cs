using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Testing;

/// <summary>One accepted connection: request after request, each with its reply.</summary>
internal sealed class ScriptedConnection(ScriptedServer server, Socket socket, int id, X509Certificate2? certificate)
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal async Task RunAsync()
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (certificate is null)
                await ServeAsync(stream);
            else if (!await ReplyEarlyAsync(stream))
                await ServeTlsAsync(stream, certificate);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer has gone, the reply broke the connection off, or the server is being disposed.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            server.Record(e);
        }
        finally
        {
            // Last, so that a client that sees the end can see everything else as well.
            await stream.DisposeAsync();
            _closed.SetResult();
        }
    }

    private async Task ServeTlsAsync(NetworkStream stream, X509Certificate2 serverCertificate)
    {
        await using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = serverCertificate }, server.Stopping);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            server.Record(new AuthenticationException("The TLS handshake failed; a client that does not trust the certificate breaks it off.", e));
            return;
        }

        await ServeAsync(tls);
        await tls.ShutdownAsync();
    }

    private async Task ServeAsync(Stream stream)
    {
        var reader = new RequestReader(stream);
        while (true)
        {
            if (!reader.HasBytes && await ReplyEarlyAsync(stream))
                return;
            if (await reader.ReadAsync(server.Stopping) is not { } request)
                return;

            (request.ConnectionId, request.Timestamp, request.ConnectionClosed) = (id, Stopwatch.GetTimestamp(), _closed.Task);
            if (!await ReplyAsync(stream, request))
                return;
        }
    }

    /// <summary>Waits until something arrives and leaves it unread; carries out the reply that comes before reading, if it is next.</summary>
    private async Task<bool> ReplyEarlyAsync(Stream stream)
    {
        // Under TLS an empty buffer has to do, which may be told of the arrival of bytes that have been read since.
        if (stream is SslStream)
            _ = await stream.ReadAsync(Memory<byte>.Empty, server.Stopping);
        else if (await socket.ReceiveAsync(new byte[1], SocketFlags.Peek, server.Stopping) == 0)
            return false; // A client that leaves takes no reply with it.
        if (server.TakeEarly() is not { } early)
            return false;
        await early.SendAsync(new Exchange(server, socket, stream, request: null));
        return true;
    }

    private async Task<bool> ReplyAsync(Stream stream, RecordedRequest request)
    {
        var exchange = new Exchange(server, socket, stream, request);
        var reply = server.Begin(request);
        try
        {
            await reply.SendAsync(exchange);
            return exchange.KeepAlive;
        }
        finally
        {
            server.Finish();
        }
    }
}
