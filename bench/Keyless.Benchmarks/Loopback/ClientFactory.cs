namespace Keyless.Benchmarks.Loopback;

/// <summary>Hands one client to either library of the MSAL shape.</summary>
internal sealed class ClientFactory(HttpMessageHandler handler) : Msal.IMsalHttpClientFactory, Microsoft.Identity.Client.IMsalHttpClientFactory
{
    private readonly HttpClient _client = new(handler, disposeHandler: false);

    public HttpClient GetHttpClient() => _client;
}
