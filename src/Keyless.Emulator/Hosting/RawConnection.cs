using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Keyless.Emulator.Hosting;

/// <summary>A connection below HTTP, for what HTTP has no words for.</summary>
/// <remarks>
/// The server's own way out has a queue that a reset would empty unseen. Here what is flushed is with the operating system, so that the
/// bytes before a reset are those that were meant.
/// </remarks>
internal sealed class RawConnection
{
    private readonly Socket _socket;
    private PipeWriter? _output;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>The certificate to show in place of the host's. Null: the host's.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Takes over a connection's way out. Under TLS what goes through here is encrypted already.</summary>
    public static async Task ServeAsync(ConnectionContext connection, Func<RawConnection, Task> next)
    {
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket
            ?? throw new InvalidOperationException("The server's connections are no sockets.");
        var transport = connection.Transport;
        var stream = new NetworkStream(socket, ownsSocket: false);
        await using var closing = stream.ConfigureAwait(false);
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        var raw = new RawConnection(socket);
        connection.Features.Set(raw);
        connection.Transport = new Way(transport.Input, output);
        try
        {
            await next(raw).ConfigureAwait(false);
            await output.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The client has gone, or was cut off.
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    /// <summary>Takes note of the way out that answers are written to, above TLS.</summary>
    public static void Attach(ConnectionContext connection)
    {
        if (connection.Features.Get<RawConnection>() is { } raw)
            raw._output = connection.Transport.Output;
    }

    /// <summary>Hands bytes to the operating system, encrypted if the connection is.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var output = _output ?? throw new InvalidOperationException("Nothing is attached.");
        output.Write(bytes.Span);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that nothing more will come (FIN), as a server does that closes in good order.</summary>
    public void Finish()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }
    }

    /// <summary>Breaks the connection off (RST), as a crash does.</summary>
    public void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            _socket.Close(timeout: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }
    }

    private sealed class Way(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
