namespace Keyless.AotSmoke.Support;

/// <summary>Counts the requests that are sent.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private int _requests;

    public int Requests => _requests;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return base.Send(request, cancellationToken);
    }
}

/// <summary>Adds a token to every request, as an application does with the one interface that it needs for it.</summary>
internal sealed class TokenHandler(ITokenProvider tokens, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetTokenAsync(new TokenRequest("api://orders"), cancellationToken);
        request.Headers.Authorization = token.Authorization;
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>An API that says what it was called with.</summary>
internal sealed class EchoHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage { Content = new StringContent(request.Headers.Authorization?.Parameter ?? "") });
}
