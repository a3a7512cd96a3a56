namespace Keyless.Tests.EndToEnd;

/// <summary>Sends what is meant for any address to a loopback port instead, so that the default address can be used in tests.</summary>
internal sealed class Redirector(Func<int> port) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Host = "127.0.0.1", Port = port() }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
