using System.Net.Security;
using System.Net.Sockets;

namespace Keyless.Testing;

/// <summary>What a <see cref="Reply"/> works on: one request, and the connection to answer it on.</summary>
public sealed class Exchange
{
    private readonly ScriptedServer _server;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly Task _released;

    internal Exchange(ScriptedServer server, Socket socket, Stream stream, RecordedRequest? request)
    {
        (_server, _socket, _stream) = (server, socket, stream);
        // Taken before anybody can know of the request: a release that follows it is never missed.
        _released = server.Released;
        Request = request;
        KeepAlive = request?.Version is "HTTP/1.1" && !string.Equals(request.Header("Connection"), "close", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The request; null for a reply that comes before it is read.</summary>
    public RecordedRequest? Request { get; }

    /// <summary>Whether the connection takes another request after this one. Starts as the client wishes.</summary>
    public bool KeepAlive { get; set; }

    /// <summary>Cancelled when the server is disposed.</summary>
    public CancellationToken Stopping => _server.Stopping;

    /// <summary>Sends bytes at once.</summary>
    /// <param name="bytes">What to send.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, Stopping);
        await _stream.FlushAsync(Stopping);
    }

    /// <summary>Waits until the test calls <see cref="ScriptedServer.Release"/>.</summary>
    /// <returns>False when the client has given up in the meantime: nobody is there to be answered.</returns>
    public Task<bool> HangAsync() => HangAsync(_released);

    /// <summary>Waits for a task of the test's.</summary>
    /// <param name="gate">What to wait for.</param>
    /// <returns>False when the client has given up in the meantime: nobody is there to be answered.</returns>
    public async Task<bool> HangAsync(Task gate)
    {
        if (_stream is SslStream)
        {
            // Under TLS a socket is readable for reasons of the protocol's own, and says nothing about the client.
            await gate.WaitAsync(Stopping);
            return true;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        // A client that waits for its answer sends nothing: whatever makes the socket readable is its end. It must really be looked at:
        // reading into an empty buffer is told of the arrival of bytes that have been read since.
        var gone = _socket.ReceiveAsync(new byte[1], SocketFlags.Peek, stop.Token).AsTask();
        var answered = await Task.WhenAny(gate, gone) == gate;
        Stopping.ThrowIfCancellationRequested();

        await stop.CancelAsync();
        await ((Task)gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (answered)
            await gate;
        else
            KeepAlive = false;
        return answered;
    }

    /// <summary>Breaks the connection off with a reset (RST), as a crashed peer does; unsent bytes are lost.</summary>
    public void Reset()
    {
        KeepAlive = false;
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }
}
