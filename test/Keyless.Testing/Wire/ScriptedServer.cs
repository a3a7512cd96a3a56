using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Keyless.Testing;

/// <summary>
/// A server on a loopback port that does to each request exactly what the test says, down to the bytes and the state of the
/// connection, and records what it was sent, as it was sent.
/// </summary>
/// <remarks>Replies are taken from the script in the order in which requests have been read, on whichever connection.</remarks>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Reply> _script = [];
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<RecordedRequest> _unexpected = [];
    private readonly List<Exception> _faults = [];
    private readonly List<Task> _connections = [];
    private readonly Channel<RecordedRequest> _arrivals = Channel.CreateUnbounded<RecordedRequest>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    private TaskCompletionSource _released = NewGate();
    private int _accepted;
    private int _open;
    private int _active;
    private int _peak;

    private ScriptedServer(X509Certificate2? certificate, IEnumerable<Reply> script)
    {
        _certificate = certificate;
        Enqueue([.. script]);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Address = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}/");
        // Away from whatever synchronisation context the test runs in.
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The root of the server: scheme, loopback address and port.</summary>
    public Uri Address { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>What answers when the script is empty. Null: the request counts as unexpected and is answered with status 599.</summary>
    public Reply? Fallback { get; set; }

    /// <summary>The requests so far, in the order in which they had been read.</summary>
    public IReadOnlyList<RecordedRequest> Requests => Snapshot(_requests);

    /// <summary>The requests that neither the script nor <see cref="Fallback"/> had a reply for.</summary>
    public IReadOnlyList<RecordedRequest> UnexpectedRequests => Snapshot(_unexpected);

    /// <summary>What came and was not a request, TLS handshakes that the client broke off, and what the test's own replies threw.</summary>
    public IReadOnlyList<Exception> Faults => Snapshot(_faults);

    /// <summary>How many connections have been accepted.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    /// <summary>How many connections are open now, as far as the server has noticed.</summary>
    public int OpenConnections => Volatile.Read(ref _open);

    /// <summary>The largest number of requests that were being answered at one moment.</summary>
    public int PeakConcurrency => Volatile.Read(ref _peak);

    internal CancellationToken Stopping => _stopping.Token;

    internal Task Released => Volatile.Read(ref _released).Task;

    /// <summary>Starts a server.</summary>
    /// <param name="script">One reply a request.</param>
    public static ScriptedServer Start(params Reply[] script) => new(certificate: null, script);

    /// <summary>Starts a server that speaks TLS.</summary>
    /// <param name="certificate">The server's certificate, with its private key. The caller disposes it.</param>
    /// <param name="script">One reply a request.</param>
    public static ScriptedServer StartTls(X509Certificate2 certificate, params Reply[] script)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new(certificate, script);
    }

    /// <summary>Adds to the script.</summary>
    /// <param name="replies">One reply a request.</param>
    public void Enqueue(params Reply[] replies)
    {
        ArgumentNullException.ThrowIfNull(replies);
        lock (_lock)
        {
            foreach (var reply in replies)
                _script.Enqueue(reply);
        }
    }

    /// <summary>Lets everything go on that hangs, or is about to, in answering the requests read so far. Later ones wait for the next call.</summary>
    public void Release() => Interlocked.Exchange(ref _released, NewGate()).SetResult();

    /// <summary>The next request that no earlier call has answered with, as soon as it has been read.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came within 30 s of real time.</exception>
    public Task<RecordedRequest> NextRequestAsync(CancellationToken cancellationToken = default) =>
        _arrivals.Reader.ReadAsync(cancellationToken).AsTask().WithPatienceAsync(
            () => $"no further request came; {Requests.Count} had come on {Connections} connections. {string.Join(" ", Faults.Select(fault => fault.Message))}",
            cancellationToken);

    /// <summary>Closes the port and every connection, and waits until nothing of the server runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        Task[] connections;
        lock (_lock)
            connections = [.. _connections];
        await Task.WhenAll(connections);
        _stopping.Dispose();
    }

    internal void Record(Exception fault)
    {
        lock (_lock)
            _faults.Add(fault);
    }

    /// <summary>The next reply of the script, if it is one that comes before the request is read.</summary>
    internal Reply? TakeEarly()
    {
        lock (_lock)
            return _script.TryPeek(out var reply) && reply.ComesBeforeReading ? _script.Dequeue() : null;
    }

    /// <summary>Records a request and takes its reply. <see cref="Finish"/> follows.</summary>
    internal Reply Begin(RecordedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
            _peak = Math.Max(_peak, ++_active);
            if (!_script.TryDequeue(out var reply) && (reply = Fallback) is null)
            {
                _unexpected.Add(request);
                reply = Reply.Text(599, $"Nothing in the script is left for this request: {request}\n");
            }

            _arrivals.Writer.TryWrite(request);
            return reply;
        }
    }

    internal void Finish()
    {
        lock (_lock)
            _active--;
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T[] Snapshot<T>(List<T> list)
    {
        lock (_lock)
            return [.. list];
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var id = 1; ; id++)
            {
                var socket = await _listener.AcceptSocketAsync(Stopping);
                socket.NoDelay = true;
                // Before it is served, which may come to its end, and to the client's, before there is a task for it.
                Interlocked.Increment(ref _accepted);
                Interlocked.Increment(ref _open);
                var connection = ServeAsync(new ScriptedConnection(this, socket, id, _certificate));
                lock (_lock)
                    _connections.Add(connection);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(ScriptedConnection connection)
    {
        await connection.RunAsync();
        Interlocked.Decrement(ref _open);
    }
}
