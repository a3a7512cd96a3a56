using System.Globalization;
using System.Text.Json;

namespace Keyless.Emulator.Endpoints;

/// <summary>Numbers as most platforms write them: inside strings.</summary>
internal static class EpochText
{
    public static void WriteEpoch(this Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteNumberText(name, time.ToUnixTimeSeconds());

    public static void WriteNumberText(this Utf8JsonWriter json, string name, long number) =>
        json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
}
