using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Keyless.Testing;

/// <summary>A loopback port that accepts connections and never reads or writes a byte.</summary>
public sealed class BlackHole : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _accepted = [];
    private readonly Channel<int> _arrivals = Channel.CreateUnbounded<int>();
    private readonly Task _accepting;

    /// <summary>Opens the port.</summary>
    public BlackHole()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync);
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

    /// <summary>Completes when a connection has been accepted that no earlier call has answered with. Answers with its number, from 1.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came within 30 s of real time.</exception>
    public Task<int> NextConnectionAsync(CancellationToken cancellationToken = default) =>
        _arrivals.Reader.ReadAsync(cancellationToken).AsTask().WithPatienceAsync(() => $"no further connection came after {Connections}.", cancellationToken);

    /// <summary>Closes the port and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
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
                _arrivals.Writer.TryWrite(Connections);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
