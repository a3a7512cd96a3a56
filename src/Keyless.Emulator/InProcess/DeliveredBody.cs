using System.Net.Sockets;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.InProcess;

/// <summary>
/// A body that comes as a misbehaving connection would bring it; what it fails with is what the platform's own handler fails with.
/// </summary>
internal sealed class DeliveredBody(ReadOnlyMemory<byte> body, Delivery delivery, TimeProvider clock) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private int Half => body.Length / 2;

    /// <summary>The failure of a connection that is reset.</summary>
    public static IOException Reset()
    {
        var cause = new SocketException((int)SocketError.ConnectionReset);
        return new IOException($"Unable to read data from the transport connection: {cause.Message}.", cause);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        switch (delivery.Manner)
        {
            case DeliveryManner.HangAfterHead:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
                return 0;

            case DeliveryManner.Drip or DeliveryManner.DripBody:
                if (_position < body.Length)
                    await Task.Delay(delivery.Interval, clock, cancellationToken).ConfigureAwait(false);
                return Copy(buffer.Span, Math.Min(body.Length, _position + delivery.Portion));

            case DeliveryManner.ResetAfterHead:
                throw Reset();

            case DeliveryManner.ResetInBody:
                return _position < Half ? Copy(buffer.Span, Half) : throw Reset();

            case DeliveryManner.ShortBody:
                return _position < Half ? Copy(buffer.Span, Half) : throw new HttpIOException(
                    HttpRequestError.ResponseEnded,
                    $"The response ended prematurely, with at least {body.Length - Half} additional bytes expected.");

            case DeliveryManner.BadChunk:
                return _position < Half ? Copy(buffer.Span, Half) : throw new HttpIOException(
                    HttpRequestError.InvalidResponse, "Received chunk header length could not be parsed.");

            default:
                return Copy(buffer.Span, body.Length);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        EmulatorHandler.Block(ReadAsync(buffer, offset, count, CancellationToken.None));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Copy(Span<byte> buffer, int end)
    {
        var count = Math.Min(buffer.Length, end - _position);
        body.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
