using Keyless.Emulator.Configuration;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Admin;

/// <summary>What the emulator is configured to be, and where each value of that comes from. Secrets are not in it.</summary>
internal static class ConfigurationResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new(
            "GET",
            "/config",
            "getConfiguration",
            "Lists every value of the configuration with its origin, and says who may reach the emulator. Secrets are not shown.",
            Show),
    ];

    private static EndpointAnswer Show(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        var options = call.Emulator.CurrentOptions;
        json.WriteStartObject("access");
        json.WriteString("address", options.Address.ToString());
        json.WriteBoolean("remote", options.AllowRemote);
        json.WriteBoolean("adminKey", options.AdminKey is not null);
        AdminJson.WriteList(json, "allowedHosts", options.AllowedHosts);
        json.WriteEndObject();
        json.WriteNumber("seed", call.Emulator.Seed);

        // Null: a program has started it, whose options come from no file.
        AdminJson.WriteNullable(json, "file", options.Configuration?.File);
        json.WriteStartArray("values");
        foreach (var value in options.Configuration?.Values ?? [])
        {
            json.WriteStartObject();
            json.WriteString("path", value.Path);
            json.WriteString("value", value.Value);
            json.WriteString("layer", KebabCase.Of(value.Origin.Layer));
            AdminJson.WriteNullable(json, "origin", value.Origin.Layer == ConfigurationLayer.Default ? null : value.Origin.Name);
            if (value.Origin.Line is { } line)
                json.WriteNumber("line", line);
            else
                json.WriteNull("line");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
