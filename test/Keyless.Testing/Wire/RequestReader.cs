using System.Globalization;
using System.Text;

namespace Keyless.Testing;

/// <summary>Reads HTTP/1 requests from a connection, keeping every byte.</summary>
internal sealed class RequestReader(Stream stream)
{
    private const int MaxLength = 1 << 20;

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>Whether bytes of the next request have been read already.</summary>
    internal bool HasBytes => _length > 0;

    /// <summary>The next request, or null when the peer closed the connection instead.</summary>
    /// <exception cref="InvalidDataException">What came is not a request.</exception>
    /// <exception cref="EndOfStreamException">The peer closed the connection in the middle of one.</exception>
    internal async Task<RecordedRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        int headEnd;
        while ((headEnd = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellationToken))
                return _length == 0 ? null : throw new EndOfStreamException();
        }

        var bodyStart = headEnd + 4;
        var lines = Encoding.Latin1.GetString(_buffer, 0, headEnd).Split("\r\n");
        var headers = lines.Skip(1).Select(ReadHeader).ToArray();

        byte[] body;
        int end;
        while (!TryReadBody(headers, bodyStart, out body, out end))
        {
            if (!await FillAsync(cancellationToken))
                throw new EndOfStreamException();
        }

        var request = new RecordedRequest(lines[0], headers, Encoding.UTF8.GetString(body), _buffer[..end]);
        _length -= end;
        _buffer.AsSpan(end, _length).CopyTo(_buffer);
        return request;
    }

    private static KeyValuePair<string, string> ReadHeader(string line) =>
        line.Split(':', 2) is [{ Length: > 0 } name, var value] ? new(name, value.Trim()) : throw new InvalidDataException($"Not a header: '{line}'.");

    private static string? Find(IEnumerable<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_length == MaxLength)
            throw new InvalidDataException($"A request of more than {MaxLength} bytes.");
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, Math.Min(_length * 2, MaxLength));

        var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
        _length += read;
        return read > 0;
    }

    private bool TryReadBody(KeyValuePair<string, string>[] headers, int start, out byte[] body, out int end)
    {
        if (string.Equals(Find(headers, "Transfer-Encoding"), "chunked", StringComparison.OrdinalIgnoreCase))
            return TryReadChunks(start, out body, out end);

        var length = Find(headers, "Content-Length") is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        end = start + length;
        var complete = _length >= end;
        body = complete ? _buffer[start..end] : [];
        return complete;
    }

    private bool TryReadChunks(int start, out byte[] body, out int end)
    {
        using var chunks = new MemoryStream();
        (body, end) = ([], start);
        while (TryReadLine(end, out var line, out var next))
        {
            var size = int.Parse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                body = chunks.ToArray();
                return TryReadTrailers(next, out end);
            }

            if (_length < next + size + 2)
                return false;
            chunks.Write(_buffer, next, size);
            end = next + size + 2;
        }

        return false;
    }

    private bool TryReadTrailers(int start, out int end)
    {
        end = start;
        while (TryReadLine(end, out var line, out end))
        {
            if (line.Length == 0)
                return true;
        }

        return false;
    }

    private bool TryReadLine(int start, out string line, out int next)
    {
        var length = _buffer.AsSpan(start, _length - start).IndexOf("\r\n"u8);
        line = length < 0 ? "" : Encoding.Latin1.GetString(_buffer, start, length);
        next = start + length + 2;
        return length >= 0;
    }
}
