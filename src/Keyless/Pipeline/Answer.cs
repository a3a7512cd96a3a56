using System.Buffers;
using System.Net.Http.Headers;

namespace Keyless.Pipeline;

/// <summary>What an endpoint answered. The body lies in a rented buffer that is cleared when it is given back: it may hold a token.</summary>
internal sealed class Answer(int status, byte[] buffer, int length) : IDisposable
{
    private byte[]? _buffer = buffer;

    public int Status { get; } = status;

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(0, length);

    /// <summary>Whether there was more than is read.</summary>
    public bool IsTruncated { get; init; }

    public string? Server { get; init; }

    public string? RetryAfter { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The <c>WWW-Authenticate</c> values as received.</summary>
    public IReadOnlyList<string> Challenges { get; init; } = [];

    public HttpResponseHeaders? Headers { get; init; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }
}
