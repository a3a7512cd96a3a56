using System.Text.Json;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Admin;

/// <summary>What several resources of the admin API write alike.</summary>
internal static class AdminJson
{
    // Platforms announce their endpoints by these: of two, clients choose by an order of their own.
    private static readonly string[] AnnouncingVariables =
    [
        "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET",
        "DEFAULT_IDENTITY_CLIENT_ID", "AZURE_POD_IDENTITY_AUTHORITY_HOST",
    ];

    public static void Write(Utf8JsonWriter json, EmulatedHost host)
    {
        json.WriteStartObject();
        json.WriteString("name", host.Name);
        json.WriteString("kind", HostPlatform.NameOf(host.Kind));
        json.WriteString("source", KebabCase.Of(host.Source));
        json.WriteString("tenant", host.Tenant.Name);
        json.WriteString("endpoint", host.Endpoint.AbsoluteUri);
        WriteNullable(json, "problem", host.Problem);
        json.WriteNumber("requests", host.Journal.Count);
        WriteList(json, "identities", host.AssignedIdentities.Select(identity => identity.Name));
        json.WriteStartObject("variables");
        foreach (var (name, value) in host.Variables)
            json.WriteString(name, value);
        json.WriteEndObject();
        WriteList(json, "unset", AnnouncingVariables.Where(name => !host.Variables.ContainsKey(name)));
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, EmulatorClock clock)
    {
        json.WriteString("now", clock.GetUtcNow());
        json.WriteString("realNow", clock.Source.GetUtcNow());
        json.WriteBoolean("frozen", clock.IsFrozen);
        json.WriteNumber("speed", clock.Speed);
        json.WriteString("skew", Duration.Text(clock.Skew));
        json.WriteString("tokenTimes", KebabCase.Of(clock.TokenTimes));
    }

    public static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void WriteNullable(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }
}
