using System.Text;

namespace Keyless.Testing;

/// <summary>A body that is sent until the client closes the connection.</summary>
public sealed class EndlessReply : Reply
{
    private readonly Count _count;

    internal EndlessReply(int status)
        : this(status, new Count())
    {
    }

    private EndlessReply(int status, Count count)
        : base(exchange => SendAsync(exchange, status, count))
    {
        _count = count;
    }

    /// <summary>How many bytes of bodies the operating system has taken so far. Its buffers hold some that no client has read.</summary>
    public long BytesSent => Interlocked.Read(ref _count.Bytes);

    /// <summary>Completes when the client that asked first has closed its connection.</summary>
    public Task Stopped => _count.Stopped.Task;

    private static async Task SendAsync(Exchange exchange, int status, Count count)
    {
        exchange.KeepAlive = false;
        var filler = Encoding.ASCII.GetBytes(new string('a', 4096));
        try
        {
            await exchange.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Endless\r\nContent-Type: application/json\r\n\r\n{{\"access_token\":\""));
            while (true)
            {
                await exchange.WriteAsync(filler);
                Interlocked.Add(ref count.Bytes, filler.Length);
            }
        }
        catch (IOException)
        {
            // The only way out besides the end of the server: the client has closed.
        }
        finally
        {
            count.Stopped.TrySetResult();
        }
    }

    private sealed class Count
    {
        public long Bytes;

        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
