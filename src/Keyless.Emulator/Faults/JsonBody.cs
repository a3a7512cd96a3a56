using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Faults;

/// <summary>The body of an answer as an object whose members can be changed.</summary>
internal static class JsonBody
{
    public static EndpointAnswer Change(EndpointAnswer answer, Action<JsonObject> change)
    {
        var body = JsonNode.Parse(answer.Body.Span)!.AsObject();
        change(body);
        var bytes = new ArrayBufferWriter<byte>(answer.Body.Length);
        using (var json = new Utf8JsonWriter(bytes))
            body.WriteTo(json);
        return answer with { Body = bytes.WrittenMemory };
    }
}
