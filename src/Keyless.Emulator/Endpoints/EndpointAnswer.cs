using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>An answer as data.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body's bytes.</param>
/// <param name="ContentType">The body's type. Null: nothing is said of it.</param>
internal sealed record EndpointAnswer(int Status, ReadOnlyMemory<byte> Body, string? ContentType = EndpointAnswer.JsonContentType)
{
    public const string JsonContentType = "application/json; charset=utf-8";

    // The bodies are served as JSON and never as HTML, so that quotes and plus signs can stay readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The token that the body holds. Null: none.</summary>
    public IssuedToken? Token { get; init; }

    /// <summary>The rule or the kind of the fault that had a hand in this answer. Null: none had.</summary>
    public string? Fault { get; init; }

    /// <summary>What that fault was. Null: none had a hand in it, or it is no plan's.</summary>
    public Fault? Cause { get; init; }

    /// <summary>The time that faults let pass before it, by the emulator's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How the connection misbehaves while this answer is sent. Null: it is sent plainly.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>Writes a body that goes on until the client or the emulator ends it, in place of <see cref="Body"/>. Null: there is none.</summary>
    public Func<Stream, CancellationToken, Task>? WriteAsync { get; init; }

    /// <summary>An answer whose body is a JSON object with the members that <paramref name="writeMembers"/> writes.</summary>
    public static EndpointAnswer Json(int status, Action<Utf8JsonWriter> writeMembers) => new(status, Write(writeMembers));

    /// <summary>A success that hands out a token.</summary>
    public static EndpointAnswer Holding(IssuedToken token, Action<Utf8JsonWriter> writeMembers) =>
        new(200, Write(writeMembers)) { Token = token };

    public EndpointAnswer WithHeader(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public EndpointAnswer WithoutHeader(string name) => this with
    {
        Headers = [.. Headers.Where(header => !string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))],
    };

    /// <summary>Names the status alone: the body may hold a token.</summary>
    public override string ToString() => $"{Status}";

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> writeMembers)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }
}
