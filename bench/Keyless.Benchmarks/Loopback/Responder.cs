using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Keyless.Benchmarks.Loopback;

/// <summary>
/// A managed identity endpoint and no more: each request is answered with a token, after a delay if there is one, and counted.
/// It is a process of its own, so that what it allocates and computes is not the client's.
/// </summary>
internal static class Responder
{
    private static TimeSpan _delay;
    private static long _tokens;

    /// <summary>Writes its port to the output and serves until its input ends, which is when its parent does.</summary>
    /// <param name="delayMilliseconds">How long each answer takes.</param>
    public static async Task ServeAsync(string delayMilliseconds)
    {
        _delay = TimeSpan.FromMilliseconds(int.Parse(delayMilliseconds, CultureInfo.InvariantCulture));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));

        // The console's input blocks whoever reads it.
        var watch = new Thread(static () =>
        {
            Console.In.ReadToEnd();
            Environment.Exit(0);
        });
        watch.IsBackground = true;
        watch.Start();
        while (true)
            _ = AnswerAsync(await listener.AcceptAsync());
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A connection that breaks is the client's affair.")]
    private static async Task AnswerAsync(Socket socket)
    {
        using var connection = socket;
        socket.NoDelay = true;
        var request = new byte[16 * 1024];
        var success = Response(Answers.Body(0));
        var (start, length) = Answers.NumberIn(success).GetOffsetAndLength(success.Length);
        try
        {
            var held = 0;
            while (await socket.ReceiveAsync(request.AsMemory(held)) is > 0 and var received)
            {
                held += received;
                if (request.AsSpan(0, held).IndexOf("\r\n\r\n"u8) < 0)
                    continue;

                var answer = success;
                if (IsFor(request.AsSpan(0, held), "/count "u8))
                {
                    answer = Response(Encoding.ASCII.GetBytes(Interlocked.Read(ref _tokens).ToString(CultureInfo.InvariantCulture)));
                }
                else if (IsFor(request.AsSpan(0, held), "/metadata/identity/getplatformmetadata"u8))
                {
                    // What the newer protocol of IMDS asks first; an ordinary machine does not have it.
                    answer = Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
                }
                else
                {
                    Utf8Formatter.TryFormat(Interlocked.Increment(ref _tokens), success.AsSpan(start, length), out _, new('D', (byte)length));
                    if (_delay > TimeSpan.Zero)
                        await Task.Delay(_delay);
                }

                held = 0;
                await socket.SendAsync(answer);
            }
        }
        catch (Exception)
        {
            // The client has gone.
        }
    }

    private static bool IsFor(ReadOnlySpan<byte> request, ReadOnlySpan<byte> path) =>
        request.StartsWith("GET "u8) && request[4..].StartsWith(path);

    private static byte[] Response(byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n")),
        .. body,
    ];
}
