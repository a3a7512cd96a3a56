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

    public HttpResponseHeaders? Headers { get; init; }

    /// <summary>The <c>WWW-Authenticate</c> values as received.</summary>
    public IReadOnlyList<string> Challenges => Find("WWW-Authenticate", out var values) ? [.. values] : [];

    /// <summary>The first value of a header.</summary>
    public string? Header(string name)
    {
        if (Find(name, out var values))
        {
            foreach (var value in values)
                return value;
        }

        return null;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private bool Find(string name, out HeaderStringValues values)
    {
        values = default;
        return Headers is not null && Headers.NonValidated.TryGetValues(name, out values);
    }
}
