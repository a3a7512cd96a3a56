using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace Keyless.Emulator.InProcess;

/// <summary>Hands requests to the emulator in memory. What is meant for anybody else goes nowhere.</summary>
/// <param name="name">Whose handler it is, for errors.</param>
/// <param name="sites">The addresses that it knows at the moment.</param>
/// <param name="clock">The emulator's clock, by which answers are slow.</param>
internal sealed partial class EmulatorHandler(string name, Func<IEnumerable<Site>> sites, TimeProvider clock) : HttpMessageHandler
{
    private static readonly int MaxBodySize = new RequestLimits().Body;

    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path is meant to block; nothing in the emulator needs the caller's thread.")]
    internal static T Block<T>(Task<T> task) => task.GetAwaiter().GetResult();

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Block(SendAsync(request, cancellationToken));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var site = Find(request.RequestUri ?? throw new InvalidOperationException("The request has no address."));
        var (body, isTooLong) = await ReadAsync(request.Content, cancellationToken).ConfigureAwait(false);
        if (isTooLong)
        {
            return new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge)
            {
                RequestMessage = request,
                Content = new ByteArrayContent([]),
            };
        }


        await ConnectAsync(site, cancellationToken).ConfigureAwait(false);
        var answer = await site.Pipeline
            .ServeAsync(ToRequest(request, request.RequestUri, body, site), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Delivery is { } delivery)
            await SendHeadAsync(delivery, answer, cancellationToken).ConfigureAwait(false);
        return ToResponse(request, answer);
    }

    private static async ValueTask<(string Text, bool IsTooLong)> ReadAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
            return ("", false);
        var bytes = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return (Encoding.UTF8.GetString(bytes), bytes.Length > MaxBodySize);
    }

    private static EndpointRequest ToRequest(HttpRequestMessage message, Uri address, string body, Site site)
    {
        var headers = new HeaderDictionary();
        var all = message.Content is null
            ? message.Headers.NonValidated
            : message.Headers.NonValidated.Concat(message.Content.Headers.NonValidated);
        foreach (var (header, values) in all)
            headers[header] = values.ToArray();
        headers["Host"] = message.Headers.Host ?? address.Authority;

        return new EndpointRequest(
            message.Method.Method.ToUpperInvariant(),
            EndpointRequest.Normalise(PathString.FromUriComponent(address).Value ?? ""),
            Parameters.Parse(address.Query),
            headers,
            body,
            site.BaseAddress);
    }

    private HttpResponseMessage ToResponse(HttpRequestMessage request, EndpointAnswer answer)
    {
        var body = request.Method == HttpMethod.Head ? default : answer.Body;
        HttpContent content = answer.Delivery is { } delivery
            ? new StreamContent(new DeliveredBody(body, delivery, clock))
            : new ReadOnlyMemoryContent(body);
        if (answer.ContentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        if (answer.Delivery?.Manner != DeliveryManner.BadChunk)
            content.Headers.ContentLength = answer.Body.Length;

        var response = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Version = HttpVersion.Version11,
            RequestMessage = request,
            Content = content,
        };
        foreach (var (header, value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(header, value))
                content.Headers.TryAddWithoutValidation(header, value);
        }

        return response;
    }

    private Site Find(Uri address)
    {
        foreach (var site in sites())
        {
            if (!site.Has(address))
                continue;
            return site.IsClosed
                ? throw new HttpRequestException(
                    HttpRequestError.ConnectionError, $"{site.BaseAddress.Authority} is closed: the emulator has been stopped.")
                : site;
        }

        throw new HttpRequestException(
            HttpRequestError.ConnectionError,
            $"{address.GetLeftPart(UriPartial.Authority)} is not this emulator's, and the handler of {name} sends nothing to anybody else. "
            + $"It knows {string.Join(", ", sites().Select(site => site.BaseAddress.GetLeftPart(UriPartial.Authority)))}.");
    }
}
