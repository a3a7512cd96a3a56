using System.Net;
using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks;

/// <summary>A cached token by each entrance, with few and many tokens beside it.</summary>
public class Hit
{
    private readonly MemoryHandler _handler = new();
    private string[] _resources = [];
    private string _resource = "";
    private string _sameText = "";
    private TokenRequest _request = new("https://resource-0.example");
    private ManagedIdentityClient _client = null!;
    private ITokenProvider _provider = null!;
    private ResourceTokens _handle = null!;
    private Msal.IManagedIdentityApplication _application = null!;
    private HttpMessageInvoker _sender = null!;
    private int _next;

    [Params(1, 100, 10_000)]
    public int Cached { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _resources = Resources.Names(Cached);
        _resource = _resources[Cached / 2];
        _sameText = new string(_resource.AsSpan());
        _request = new TokenRequest(_resource);
        _provider = _client = KeylessCore.Create(_handler);
        _handle = _client.ForResource(_resource);
        TokenCache.Shared.Clear();
        _application = Contenders.KeylessMsal.Create(_handler);
        _sender = new HttpMessageInvoker(new BearerHandler(_handle));
        foreach (var resource in _resources)
        {
            await _client.GetTokenAsync(resource);
            await _application.AcquireTokenForManagedIdentity(resource).ExecuteAsync();
        }

        // The handler above was given its handle before there was a token.
        await _handle.GetTokenAsync();
    }

    /// <summary>The same string object each time, as a constant is.</summary>
    [Benchmark(Baseline = true)]
    public string Client() => Completed.Of(_client.GetTokenAsync(_resource)).Token;

    /// <summary>The same text twice in two objects: the client has to look it up each time.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public int ClientByText() =>
        Completed.Of(_client.GetTokenAsync(_resource)).Token.Length + Completed.Of(_client.GetTokenAsync(_sameText)).Token.Length;

    /// <summary>Another resource each time, all in turn.</summary>
    [Benchmark]
    public string ClientInTurn()
    {
        var next = _next + 1;
        _next = next = next < _resources.Length ? next : 0;
        return Completed.Of(_client.GetTokenAsync(_resources[next])).Token;
    }

    [Benchmark]
    public string Handle() => Completed.Of(_handle.GetTokenAsync()).Token;

    [Benchmark]
    public string Provider() => Completed.Of(_provider.GetTokenAsync(_request)).Token;

    [Benchmark]
    public string Synchronous() => _client.GetToken(_resource).Token;

    [Benchmark]
    public string KeylessMsal() => Completed.Of(_application.AcquireTokenForManagedIdentity(_resource).ExecuteAsync()).AccessToken;

    /// <summary>A handler of an application that adds the header from a handle; the request and the answer are part of it.</summary>
    [Benchmark]
    public HttpStatusCode DelegatingHandler()
    {
        using var request = new HttpRequestMessage();
        return Completed.Of(_sender.SendAsync(request, CancellationToken.None)).StatusCode;
    }

    private sealed class BearerHandler(ResourceTokens tokens) : HttpMessageHandler
    {
        private static readonly Task<HttpResponseMessage> Sent = Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = Completed.Of(tokens.GetTokenAsync(cancellationToken)).Authorization;
            return Sent;
        }
    }
}
