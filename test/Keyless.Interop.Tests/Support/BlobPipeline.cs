using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Keyless.Interop.Tests.Support;

/// <summary>What the Azure SDK's clients send by, made as its client for blobs makes it: a pipeline that gets its tokens from a credential.</summary>
internal sealed class BlobPipeline : IDisposable
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly Uri _account;
    private readonly HttpClientTransport _transport;
    private readonly HttpPipeline _pipeline;

    public BlobPipeline(Azurite azurite, TokenCredential credential, string scope = Scope)
    {
        _account = azurite.Address;
        _transport = new HttpClientTransport(azurite.NewHandler());
        _pipeline = HttpPipelineBuilder.Build(new Options { Transport = _transport }, new BearerTokenAuthenticationPolicy(credential, scope));
    }

    public async Task<Response> CreateContainerAsync(string path, CancellationToken cancellationToken) =>
        await SendAsync(RequestMethod.Put, $"{path}?restype=container", content: null, cancellationToken);

    public async Task<Response> UploadAsync(string path, string content, CancellationToken cancellationToken) =>
        await SendAsync(RequestMethod.Put, path, content, cancellationToken);

    public async Task<Response> DownloadAsync(string path, CancellationToken cancellationToken) =>
        await SendAsync(RequestMethod.Get, path, content: null, cancellationToken);

    /// <summary>The same without asynchronous calls, as the SDK's synchronous methods send.</summary>
    public Response DownloadBlocking(string path, CancellationToken cancellationToken)
    {
        using var request = RequestOf(RequestMethod.Get, path, content: null);
        return _pipeline.SendRequest(request, cancellationToken);
    }

    public void Dispose() => _transport.Dispose();

    private async Task<Response> SendAsync(RequestMethod method, string path, string? content, CancellationToken cancellationToken)
    {
        using var request = RequestOf(method, path, content);
        return await _pipeline.SendRequestAsync(request, cancellationToken);
    }

    private Request RequestOf(RequestMethod method, string path, string? content)
    {
        var request = _pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(new Uri($"{_account}/{path}"));
        request.Headers.Add("x-ms-version", "2023-11-03");
        if (content is not null)
        {
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
            request.Content = RequestContent.Create(content);
        }

        return request;
    }

    private sealed class Options : ClientOptions;
}
