using System.Security.Authentication;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Hosting;

namespace Keyless.Emulator.InProcess;

/// <content>What goes wrong with connections, with the exceptions that the platform's own handler has for it.</content>
internal sealed partial class EmulatorHandler
{
    private const string NotSent = "An error occurred while sending the request.";

    /// <summary>What happens before there is a request: each one has a connection of its own.</summary>
    private async ValueTask ConnectAsync(Site site, CancellationToken cancellationToken)
    {
        switch ((site.Pipeline.Faults.ForConnection() as ConnectionFault)?.Flaw)
        {
            case null:
                break;
            case ConnectionFlaw.Reset:
                throw new HttpRequestException(HttpRequestError.Unknown, NotSent, DeliveredBody.Reset());
            case ConnectionFlaw.NeverRead:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
                break;
            case ConnectionFlaw.OldProtocol when site.BaseAddress.Scheme == Uri.UriSchemeHttps:
                throw NotSecure("The server knows no newer version of TLS than 1.0.");
            case { } flaw when site.BaseAddress.Scheme == Uri.UriSchemeHttps:
                throw NotSecure($"The certificate is refused: {flaw}.");
        }
    }

    /// <summary>What happens until the head is there, with the exceptions that the platform's own handler has for it.</summary>
    private async ValueTask SendHeadAsync(Delivery delivery, EndpointAnswer answer, CancellationToken cancellationToken)
    {
        switch (delivery.Manner)
        {
            case DeliveryManner.HangBeforeHead:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryManner.Drip:
                var portions = (HeadLength(answer) + delivery.Portion - 1) / delivery.Portion;
                await Task.Delay(portions * delivery.Interval, clock, cancellationToken).ConfigureAwait(false);
                break;
            case DeliveryManner.ResetBeforeHead:
                throw new HttpRequestException(HttpRequestError.Unknown, NotSent, DeliveredBody.Reset());
            case DeliveryManner.CloseBeforeHead:
                throw new HttpRequestException(
                    HttpRequestError.ResponseEnded,
                    NotSent,
                    new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
            case DeliveryManner.GarbageStatusLine:
                throw new HttpRequestException(HttpRequestError.InvalidResponse, "Received an invalid status line.");
        }
    }

    private static HttpRequestException NotSecure(string reason) => new(
        HttpRequestError.SecureConnectionError,
        "The SSL connection could not be established, see inner exception.",
        new AuthenticationException(reason));

    // About: a status line, and each header with its colon, blank and line end.
    private static int HeadLength(EndpointAnswer answer) =>
        32 + (answer.ContentType?.Length ?? 0) + answer.Headers.Sum(header => header.Key.Length + header.Value.Length + 4);
}
