namespace Keyless.Testing;

/// <content>The faults.</content>
public partial class Reply
{
    private const string Json200 = "application/json; charset=utf-8";

    /// <summary>Reads the request and stays silent until the test releases it.</summary>
    /// <param name="then">What comes then; otherwise the connection is closed.</param>
    public static Reply Hang(Reply? then = null) => new(async exchange =>
    {
        if (await exchange.HangAsync() && then is not null)
            await then.SendAsync(exchange);
        else
            exchange.KeepAlive = false;
    });

    /// <summary>Sends the head of a JSON answer; the body comes when the test releases it.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The body.</param>
    public static Reply HangAfterHeaders(int status, string body) => HangAt(status, body, sentBefore: 0);

    /// <summary>Sends the head and half the body of a JSON answer; the other half comes when the test releases it.</summary>
    /// <inheritdoc cref="HangAfterHeaders"/>
    public static Reply HangMidBody(int status, string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return HangAt(status, body, body.Length / 2);
    }

    /// <summary>Sends a JSON answer, head and body, in small pieces.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The body.</param>
    /// <param name="bytesAtATime">The size of a piece.</param>
    /// <param name="gate">Waited for before each piece, such as a semaphore's <c>WaitAsync</c>. Null: one piece after the other.</param>
    public static Reply Drip(int status, string body, int bytesAtATime, Func<CancellationToken, Task>? gate = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesAtATime, 1);
        var (head, content) = Serialize(status, Json200, body, []);
        return new(async exchange =>
        {
            foreach (var piece in head.Concat(content).Chunk(bytesAtATime))
            {
                if (gate is not null && !await exchange.HangAsync(gate(exchange.Stopping)))
                    return;
                await exchange.WriteAsync(piece);
            }
        });
    }

    /// <summary>Resets the connection (RST) as soon as a request arrives, without reading it.</summary>
    public static Reply Reset() => new(ResetAsync) { ComesBeforeReading = true };

    /// <summary>Reads the request, then resets the connection (RST).</summary>
    public static Reply ResetAfterRequest() => new(ResetAsync);

    /// <summary>Sends the head and half the body of a JSON answer, then resets the connection (RST).</summary>
    /// <inheritdoc cref="HangAfterHeaders"/>
    public static Reply ResetMidBody(int status, string body)
    {
        var (head, content) = Serialize(status, Json200, body, []);
        return new(async exchange =>
        {
            await exchange.WriteAsync((byte[])[.. head, .. content.AsSpan(0, content.Length / 2)]);
            exchange.Reset();
        });
    }

    /// <summary>Reads the request, then closes the connection in order (FIN) without a byte of an answer.</summary>
    /// <remarks>
    /// <see cref="HttpClient"/> takes this for the end of an idle connection and by itself sends a request without a body again,
    /// on new connections, three times. One attempt of its caller is four requests here, unless it gets an answer earlier.
    /// It does not do so after a reset.
    /// </remarks>
    public static Reply Close() => new(exchange =>
    {
        exchange.KeepAlive = false;
        return Task.CompletedTask;
    });

    /// <summary>Announces a whole JSON answer, sends all but its last bytes and closes the connection in order (FIN).</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The body.</param>
    /// <param name="missing">How many bytes are never sent.</param>
    public static Reply CloseEarly(int status, string body, int missing = 1)
    {
        var (head, content) = Serialize(status, Json200, body, []);
        return Raw([.. head, .. content.AsSpan(0, content.Length - missing)]);
    }

    /// <summary>Answers with a line that is not HTTP and closes the connection.</summary>
    public static Reply Garbage() => Raw("220 mail.example ready for SMTP\r\n\r\n");

    /// <summary>A JSON body that never ends. Keep the reply to see how much of it was sent.</summary>
    /// <param name="status">The status code.</param>
    public static EndlessReply Endless(int status = 200) => new(status);

    private static Reply HangAt(int status, string body, int sentBefore)
    {
        var (head, content) = Serialize(status, Json200, body, []);
        return new(async exchange =>
        {
            await exchange.WriteAsync((byte[])[.. head, .. content.AsSpan(0, sentBefore)]);
            if (await exchange.HangAsync())
                await exchange.WriteAsync(content.AsMemory(sentBefore));
        });
    }

    private static Task ResetAsync(Exchange exchange)
    {
        exchange.Reset();
        return Task.CompletedTask;
    }
}
