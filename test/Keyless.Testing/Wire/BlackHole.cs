using System.Net;
using System.Net.Sockets;

namespace Keyless.Testing;

/// <summary>A loopback port that accepts connections and never reads or writes a byte.</summary>
public sealed class BlackHole : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _accepted = [];
    private readonly Task _accepting;

    /// <summary>Opens the port.</summary>
    public BlackHole()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The root of the port, as an http address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>How many connections have been accepted.</summary>
    public int Connections
    {
        get
        {
            lock (_accepted)
                return _accepted.Count;
        }
    }

    /// <summary>Closes the port and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _accepted.ForEach(socket => socket.Dispose());
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                lock (_accepted)
                    _accepted.Add(socket);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
