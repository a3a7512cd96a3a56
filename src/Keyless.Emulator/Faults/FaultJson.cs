using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Keyless.Emulator.Faults;

/// <summary>Faults as JSON: the kind, its parameters and the delay.</summary>
internal static class FaultJson
{
    /// <exception cref="EmulatorException">A member is missing, unknown or out of its range.</exception>
    public static Fault Read(JsonElement json, string path)
    {
        var members = new FaultReader(json, path);
        var name = members.Text("kind");
        var kind = FaultKinds.Find(name) ?? throw new EmulatorException(
            $"{members.PathOf("kind")} is \"{name}\". Give one of {string.Join(", ", FaultKinds.All)}.");
        var fault = kind.Read(members);
        var delay = members.OptionalDelay("delay");
        members.RejectOthers();
        return delay is null ? fault : fault.After(delay);
    }

    public static void Write(Fault fault, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", fault.Kind);
        fault.WriteParameters(json);
        if (fault.Delay is { } delay)
            Write(json, "delay", delay);
        json.WriteEndObject();
    }

    public static string Text(Fault fault)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(fault, json);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    public static void Write(Utf8JsonWriter json, string name, RetryAfter value)
    {
        if (value is { Literal: null, IsDate: false })
        {
            json.WriteString(name, Duration.Text(value.Time!.Value));
            return;
        }

        json.WriteStartObject(name);
        if (value.Literal is { } text)
            json.WriteString("text", text);
        else
            json.WriteString("date", Duration.Text(value.Time!.Value));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, FaultDelay value)
    {
        if (value is { Last: null, Sigma: null })
        {
            json.WriteString(name, Duration.Text(value.First));
            return;
        }

        json.WriteStartObject(name);
        json.WriteString(value.Sigma is null ? "min" : "median", Duration.Text(value.First));
        if (value.Last is { } last)
            json.WriteString("max", Duration.Text(last));
        if (value.Sigma is { } sigma)
            json.WriteNumber("sigma", sigma);
        json.WriteEndObject();
    }
}
