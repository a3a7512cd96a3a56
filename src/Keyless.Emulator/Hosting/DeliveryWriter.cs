using System.Globalization;
using System.Text;
using Keyless.Emulator.Endpoints;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Hosting;

/// <summary>Sends an answer as its <see cref="Delivery"/> says. The connection is of no use afterwards.</summary>
internal static class DeliveryWriter
{
    private static readonly byte[] Garbage = Encoding.ASCII.GetBytes("\u0001\u0002 not HTTP at all\r\n\r\n");

    public static async Task SendAsync(
        EndpointAnswer answer, Delivery delivery, RawConnection connection, TimeProvider clock, CancellationToken cancellationToken)
    {
        var body = answer.Body;
        var half = body[..(body.Length / 2)];
        switch (delivery.Manner)
        {
            case DeliveryManner.HangBeforeHead:
                await HangAsync(clock, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryManner.HangAfterHead:
                await connection.SendAsync(HeadOf(answer), cancellationToken).ConfigureAwait(false);
                await HangAsync(clock, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryManner.Drip:
                await DripAsync((byte[])[.. HeadOf(answer), .. body.Span], delivery, connection, clock, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryManner.DripBody:
                await connection.SendAsync(HeadOf(answer), cancellationToken).ConfigureAwait(false);
                await DripAsync(body, delivery, connection, clock, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryManner.ResetBeforeHead:
                connection.Reset();
                break;
            case DeliveryManner.ResetAfterHead:
                await connection.SendAsync(HeadOf(answer), cancellationToken).ConfigureAwait(false);
                connection.Reset();
                break;
            case DeliveryManner.ResetInBody:
                await connection.SendAsync((byte[])[.. HeadOf(answer), .. half.Span], cancellationToken).ConfigureAwait(false);
                connection.Reset();
                break;
            case DeliveryManner.CloseBeforeHead:
                connection.Finish();
                break;
            case DeliveryManner.ShortBody:
                await connection.SendAsync((byte[])[.. HeadOf(answer), .. half.Span], cancellationToken).ConfigureAwait(false);
                connection.Finish();
                break;
            case DeliveryManner.BadChunk:
                await connection.SendAsync(Chunks(answer, half), cancellationToken).ConfigureAwait(false);
                connection.Finish();
                break;
            case DeliveryManner.GarbageStatusLine:
                await connection.SendAsync(Garbage, cancellationToken).ConfigureAwait(false);
                connection.Finish();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(delivery), delivery.Manner, "Not a manner of delivery.");
        }
    }

    private static Task HangAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);

    private static async Task DripAsync(
        ReadOnlyMemory<byte> bytes, Delivery delivery, RawConnection connection, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < bytes.Length; sent += delivery.Portion)
        {
            await Task.Delay(delivery.Interval, clock, cancellationToken).ConfigureAwait(false);
            await connection
                .SendAsync(bytes.Slice(sent, Math.Min(delivery.Portion, bytes.Length - sent)), cancellationToken)
                .ConfigureAwait(false);
        }

        connection.Finish();
    }

    private static byte[] HeadOf(EndpointAnswer answer) => HeadOf(answer, $"Content-Length: {answer.Body.Length}");

    private static byte[] HeadOf(EndpointAnswer answer, string framing)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} {ReasonPhrases.GetReasonPhrase(answer.Status)}\r\n");
        if (answer.ContentType is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {answer.ContentType}\r\n");
        foreach (var (name, value) in answer.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"{framing}\r\nConnection: close\r\n\r\n");
        return Encoding.Latin1.GetBytes(head.ToString());
    }

    private static byte[] Chunks(EndpointAnswer answer, ReadOnlyMemory<byte> half) =>
    [
        .. HeadOf(answer, "Transfer-Encoding: chunked"),
        .. Encoding.ASCII.GetBytes(half.Length.ToString("x", CultureInfo.InvariantCulture)),
        .. "\r\n"u8,
        .. half.Span,
        .. "\r\nno-length\r\n"u8,
        .. answer.Body.Span[half.Length..],
    ];
}
