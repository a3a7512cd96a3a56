namespace Keyless.Msal.Http;

/// <summary>Sends by the application's own HTTP clients, each request by the one that the factory hands out for it.</summary>
internal sealed class FactoryHandler(Func<HttpClient> getClient) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var client = getClient() ?? throw new InvalidOperationException(
            $"The application's {nameof(IMsalHttpClientFactory)} handed out null.");
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // The client's own timeout looks like a cancellation.
            throw new TimeoutException("The application's HTTP client gave up.", e);
        }
    }
}
