using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>An answer as data.</summary>
internal sealed class EndpointAnswer
{
    public const string JsonContentType = "application/json; charset=utf-8";

    // The bodies are served as JSON and never as HTML, so that quotes and plus signs can stay readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<KeyValuePair<string, string>> _headers = [];

    public EndpointAnswer(int status, ReadOnlyMemory<byte> body, string? contentType = JsonContentType)
    {
        Status = status;
        Body = body;
        ContentType = contentType;
    }

    public int Status { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body's type. Null: nothing is said of it.</summary>
    public string? ContentType { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>The token that the body holds. Null: none.</summary>
    public IssuedToken? Token { get; private init; }

    /// <summary>The name of the fault that made it what it is. Null: none did.</summary>
    public string? Fault { get; init; }

    /// <summary>An answer whose body is a JSON object with the members that <paramref name="writeMembers"/> writes.</summary>
    public static EndpointAnswer Json(int status, Action<Utf8JsonWriter> writeMembers) => new(status, Write(writeMembers));

    /// <summary>A success that hands out a token.</summary>
    public static EndpointAnswer Holding(IssuedToken token, Action<Utf8JsonWriter> writeMembers) =>
        new(200, Write(writeMembers)) { Token = token };

    public EndpointAnswer WithHeader(string name, string value)
    {
        _headers.Add(new(name, value));
        return this;
    }

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
