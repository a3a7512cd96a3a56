using System.Globalization;
using System.Net;
using System.Text;

namespace Keyless.Testing;

/// <summary>What a <see cref="ScriptedServer"/> does with one request: an answer, or a fault below HTTP.</summary>
public partial class Reply
{
    private readonly Func<Exchange, Task> _send;

    private protected Reply(Func<Exchange, Task> send)
    {
        _send = send;
    }

    /// <summary>Whether it is carried out as soon as a request arrives, without reading it.</summary>
    internal bool ComesBeforeReading { get; private init; }

    /// <summary>A reply of the test's own.</summary>
    /// <param name="send">Works on the connection; what it throws the server keeps in <see cref="ScriptedServer.Faults"/>.</param>
    public static Reply Custom(Func<Exchange, Task> send)
    {
        ArgumentNullException.ThrowIfNull(send);
        return new(send);
    }

    /// <summary>An answer that depends on the request.</summary>
    /// <param name="choose">Chooses the reply.</param>
    public static Reply When(Func<RecordedRequest, Reply> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return new(exchange => choose(exchange.Request!).SendAsync(exchange));
    }

    /// <summary>A reply that waits for the test first.</summary>
    /// <param name="gate">What to wait for; a client that gives up ends the wait.</param>
    /// <param name="reply">What comes then.</param>
    public static Reply After(Task gate, Reply reply)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(reply);
        return new(async exchange =>
        {
            if (await exchange.HangAsync(gate))
                await reply.SendAsync(exchange);
        });
    }

    /// <summary>A JSON answer.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The body, sent as it is.</param>
    /// <param name="headers">Further headers. One that the reply sets itself replaces the reply's.</param>
    public static Reply Json(int status, string body, params (string Name, string Value)[] headers) =>
        Answer(status, "application/json; charset=utf-8", body, headers);

    /// <summary>A plain text answer.</summary>
    /// <inheritdoc cref="Json"/>
    public static Reply Text(int status, string body, params (string Name, string Value)[] headers) =>
        Answer(status, "text/plain; charset=utf-8", body, headers);

    /// <summary>A web page, such as a captive portal's or a proxy's.</summary>
    /// <inheritdoc cref="Json"/>
    public static Reply Html(int status, string body, params (string Name, string Value)[] headers) =>
        Answer(status, "text/html; charset=utf-8", body, headers);

    /// <summary>An answer without a body.</summary>
    /// <inheritdoc cref="Json"/>
    public static Reply Empty(int status, params (string Name, string Value)[] headers) => Answer(status, contentType: null, "", headers);

    /// <summary>A redirect.</summary>
    /// <param name="location">Where to, as it stands in the header.</param>
    /// <param name="status">The status code.</param>
    public static Reply Redirect(string location, int status = 302) => Empty(status, ("Location", location));

    /// <summary>Bytes as they are.</summary>
    /// <param name="bytes">Everything that goes over the wire.</param>
    /// <param name="keepAlive">Whether another request may follow; otherwise the connection is closed.</param>
    public static Reply Raw(byte[] bytes, bool keepAlive = false) => new(exchange =>
    {
        exchange.KeepAlive &= keepAlive;
        return exchange.WriteAsync(bytes);
    });

    /// <inheritdoc cref="Raw(byte[], bool)"/>
    public static Reply Raw(string bytes, bool keepAlive = false) => Raw(Encoding.Latin1.GetBytes(bytes), keepAlive);

    internal Task SendAsync(Exchange exchange) => _send(exchange);

    private static Reply Answer(int status, string? contentType, string body, (string Name, string Value)[] headers)
    {
        var (head, content) = Serialize(status, contentType, body, headers);
        var closes = headers.Any(header => Is(header.Name, "Connection") && Is(header.Value, "close"));
        return Raw([.. head, .. content], keepAlive: !closes);
    }

    private static (byte[] Head, byte[] Body) Serialize(int status, string? contentType, string body, (string Name, string Value)[] headers)
    {
        var content = Encoding.UTF8.GetBytes(body);
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {(HttpStatusCode)status}\r\n");
        if (contentType is not null && !headers.Any(header => Is(header.Name, "Content-Type")))
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\n");
        foreach (var (name, value) in headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (!headers.Any(header => Is(header.Name, "Content-Length") || Is(header.Name, "Transfer-Encoding")))
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n");
        head.Append("\r\n");
        return (Encoding.Latin1.GetBytes(head.ToString()), content);
    }

    private static bool Is(string text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
}
