using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Keyless.Emulator.Endpoints;

/// <summary>An answer as data.</summary>
internal sealed class EndpointAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    // The bodies are served as JSON and never as HTML, so that quotes and plus signs can stay readable.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<KeyValuePair<string, string>> _headers = [];

    private EndpointAnswer(int status, ReadOnlyMemory<byte> body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>An answer whose body is a JSON object with the members that <paramref name="writeMembers"/> writes.</summary>
    public static EndpointAnswer Json(int status, Action<Utf8JsonWriter> writeMembers)
    {
        var body = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(body, WriterOptions))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return new EndpointAnswer(status, body.WrittenMemory);
    }

    public EndpointAnswer WithHeader(string name, string value)
    {
        _headers.Add(new(name, value));
        return this;
    }
}
