using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Keyless.Cli.Output;

/// <summary>Times in the tool's JSON: UTC, to the second.</summary>
internal sealed class IsoTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(TimeText.Iso(value));
}
