using System.Buffers;
using System.IO.Pipelines;

namespace Keyless.Emulator.Hosting;

/// <summary>The first words of a server that knows no newer TLS than 1.0, written by hand: today's systems refuse to say them.</summary>
internal static class OldHandshake
{
    private const int RecordHead = 5;

    /// <summary>Reads a client's greeting, answers in the old version, and waits for what the client says to that.</summary>
    public static async Task AnswerAsync(IDuplexPipe connection, CancellationToken stopping)
    {
        try
        {
            if (!await ReadRecordAsync(connection.Input, stopping).ConfigureAwait(false))
                return;

            await connection.Output.WriteAsync(ServerHello(), stopping).ConfigureAwait(false);

            // A close before the client has read the answer would take it away again.
            await ReadRecordAsync(connection.Input, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The port is being closed.
        }
    }

    /// <summary>Reads one record of TLS. False: the client has gone, or does not speak TLS.</summary>
    private static async ValueTask<bool> ReadRecordAsync(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var length = LengthOf(read.Buffer);
            if (length <= read.Buffer.Length)
            {
                input.AdvanceTo(read.Buffer.GetPosition(length));
                return length > 0;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return false;
        }
    }

    // Of a record: its kind, two bytes of version, two of length. 0: no record begins like that.
    private static long LengthOf(ReadOnlySequence<byte> bytes)
    {
        const byte FirstKind = 20;
        const byte LastKind = 23;
        if (bytes.IsEmpty)
            return RecordHead;
        if (bytes.FirstSpan[0] is < FirstKind or > LastKind)
            return 0;
        if (bytes.Length < RecordHead)
            return RecordHead;

        Span<byte> head = stackalloc byte[RecordHead];
        bytes.Slice(0, RecordHead).CopyTo(head);
        return RecordHead + (head[3] << 8) + head[4];
    }

    private static byte[] ServerHello()
    {
        const byte Handshake = 22;
        const byte Hello = 2;
        const byte HelloLength = 38;
        byte[] random = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
        return
        [
            Handshake, 3, 1, 0, 4 + HelloLength,
            Hello, 0, 0, HelloLength,
            3, 1, .. random,
            0,          // no session
            0, 0x2F,    // RSA, AES-128, SHA-1: what every server of that time knew
            0,          // no compression
        ];
    }
}
