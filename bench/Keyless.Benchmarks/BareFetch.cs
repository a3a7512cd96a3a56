using System.Net;
using System.Text.Json;

namespace Keyless.Benchmarks;

/// <summary>
/// The least that a token over HTTP costs on this platform: the same request by the same handler settings, the body read into a buffer
/// that is kept, the token taken out of it. No time limits, no retries, no checks, no cache.
/// </summary>
internal sealed class BareFetch(Uri root) : IDisposable
{
    private readonly Uri _address = new(root, "msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net");
    private readonly byte[] _buffer = new byte[8 * 1024];
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });

    public async Task<string> GetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.TryAddWithoutValidation("X-IDENTITY-HEADER", "identity-header");
        request.Headers.TryAddWithoutValidation("Metadata", "true");
        using var response = await _invoker.SendAsync(request, CancellationToken.None);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new HttpRequestException($"The endpoint answered {response.StatusCode}.");
        var stream = await response.Content.ReadAsStreamAsync(CancellationToken.None);
        var length = 0;
        while (await stream.ReadAsync(_buffer.AsMemory(length), CancellationToken.None) is > 0 and var read)
            length += read;
        return Parse(_buffer.AsSpan(0, length));
    }

    public static string Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("access_token"u8) && reader.Read())
                return reader.GetString()!;
        }

        throw new JsonException("The body holds no token.");
    }

    public void Dispose() => _invoker.Dispose();
}
