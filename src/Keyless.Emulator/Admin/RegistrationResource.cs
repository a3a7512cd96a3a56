using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Admin;

/// <summary>The APIs that tokens are asked for, as they are registered.</summary>
internal static class RegistrationResource
{
    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new(
            "GET",
            "/resources",
            "listResources",
            "Lists the registered APIs, and says whether tokens are issued for others.",
            List),
    ];

    private static EndpointAnswer List(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        var content = call.Emulator.TenantDirectory.Content;
        json.WriteBoolean("strict", content.StrictResources);
        json.WriteStartArray("resources");
        foreach (var entry in content.Resources)
        {
            json.WriteStartObject();
            AdminJson.WriteList(json, "identifiers", entry.Options.Identifiers);
            json.WriteString("appId", entry.AppId);
            json.WriteNumber("tokenVersion", entry.Options.TokenVersion);
            if (entry.Options.Roles is { } roles)
                AdminJson.WriteList(json, "roles", roles);
            else
                json.WriteNull("roles");
            json.WriteBoolean("assignmentRequired", entry.Options.AssignmentRequired);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
