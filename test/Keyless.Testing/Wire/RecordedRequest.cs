namespace Keyless.Testing;

/// <summary>A request as it came over the wire.</summary>
public sealed class RecordedRequest
{
    internal RecordedRequest(string requestLine, IReadOnlyList<KeyValuePair<string, string>> headers, string body, byte[] raw)
    {
        (RequestLine, Headers, Body, Raw) = (requestLine, headers, body, raw);
        var parts = requestLine.Split(' ');
        if (parts.Length != 3)
            throw new InvalidDataException($"Not a request line: '{requestLine}'.");
        (Method, Target, Version) = (parts[0], parts[1], parts[2]);
    }

    /// <summary>The first line, without its line end.</summary>
    public string RequestLine { get; }

    /// <summary>The method, as sent.</summary>
    public string Method { get; }

    /// <summary>Path and query, as sent: still percent-encoded.</summary>
    public string Target { get; }

    /// <summary>The protocol version, as sent: <c>HTTP/1.1</c>.</summary>
    public string Version { get; }

    /// <summary>The path, as sent.</summary>
    public string Path => Target.Split('?', 2)[0];

    /// <summary>Names and values in the order and the case they came in.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body as UTF-8 text, put together again if it came in chunks. Empty without one.</summary>
    public string Body { get; }

    /// <summary>Every byte of the request.</summary>
    public IReadOnlyList<byte> Raw { get; }

    /// <summary>The connection it came on: 1 is the first that the server accepted.</summary>
    public int ConnectionId { get; internal set; }

    /// <summary>When it had been read, on the real clock's timestamp (<see cref="System.Diagnostics.Stopwatch"/>).</summary>
    public long Timestamp { get; internal set; }

    /// <summary>Completes when the connection it came on is closed, by whichever side.</summary>
    public Task ConnectionClosed { get; internal set; } = Task.CompletedTask;

    /// <summary>The first value of a header, or null. Names are compared without regard to case.</summary>
    /// <param name="name">The header's name.</param>
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The first value of a query parameter, decoded, or null. Names are compared exactly.</summary>
    /// <param name="name">The parameter's name.</param>
    public string? Query(string name)
    {
        var query = Target.Split('?', 2) is [_, var text] ? text : "";
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = parameter.Split('=', 2);
            if (string.Equals(Decode(pair[0]), name, StringComparison.Ordinal))
                return pair.Length == 2 ? Decode(pair[1]) : "";
        }

        return null;
    }

    /// <summary>The request line.</summary>
    public override string ToString() => RequestLine;

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
