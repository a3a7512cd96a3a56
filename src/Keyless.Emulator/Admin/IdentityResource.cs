using System.Collections.Immutable;
using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Fleet;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Admin;

/// <summary>The managed identities, and which hosts have them.</summary>
internal static class IdentityResource
{
    private static readonly AdminField Tenant = new("tenant", "string", "The tenant's name; the first tenant if left out.");
    private static readonly AdminField Host = new("host", "string", "The host's name.", IsRequired: true);

    public static IReadOnlyList<AdminRoute> Routes { get; } =
    [
        new("GET", "/identities", "listIdentities", "Lists the managed identities and the hosts that have them.", List),
        new("POST", "/identities", "addIdentity", "Makes a user-assigned identity. No host has it until it is assigned.", Add)
        {
            Body =
            [
                new("name", "string", "Its name: letters, digits, dots, hyphens and underscores.", IsRequired: true),
                Tenant,
                new("clientId", "string", "Its client id; one that follows from the name if left out."),
                new("objectId", "string", "Its object id; one that follows from the name if left out."),
                new("resourceId", "string", "Its resource id; one that follows from the name if left out."),
                new("host", "string", "A host to assign it to at once."),
            ],
        },
        new(
            "DELETE",
            "/identities/{name}",
            "removeIdentity",
            "Deletes a user-assigned identity, and takes it from all hosts.",
            Remove) { Query = [Tenant] },
        new(
            "POST",
            "/identities/{name}/assign",
            "assignIdentity",
            "Gives a host a user-assigned identity of its tenant.",
            call => Change(call, Assign)) { Body = [Host] },
        new(
            "POST",
            "/identities/{name}/unassign",
            "unassignIdentity",
            "Takes an identity from a host.",
            call => Change(call, Unassign)) { Body = [Host] },
        new(
            "POST",
            "/identities/{name}/enable",
            "enableIdentity",
            "Lets tokens be issued for an identity again.",
            call => Enable(call, true)) { Query = [Tenant] },
        new(
            "POST",
            "/identities/{name}/disable",
            "disableIdentity",
            "Has no tokens issued for an identity, as if it were deleted in Entra.",
            call => Enable(call, false)) { Query = [Tenant] },
    ];

    public static void Write(Utf8JsonWriter json, IdentityEntry entry, ManagedIdentityEmulator emulator)
    {
        var identity = entry.Identity;
        json.WriteStartObject();
        json.WriteString("name", identity.Name);
        json.WriteBoolean("systemAssigned", identity.IsSystemAssigned);
        json.WriteString("clientId", identity.ClientId);
        json.WriteString("objectId", identity.ObjectId);
        json.WriteString("resourceId", identity.ResourceId);
        json.WriteString("tenantId", identity.TenantId);
        json.WriteBoolean("enabled", entry.Enabled);
        json.WriteStartObject("roles");
        foreach (var (resource, roles) in entry.Roles)
            AdminJson.WriteList(json, resource, roles);
        json.WriteEndObject();
        AdminJson.WriteList(
            json, "hosts", emulator.Hosts.Where(host => host.AssignedIdentities.Any(assigned => assigned.ObjectId == identity.ObjectId)).Select(host => host.Name));
        json.WriteEndObject();
    }

    private static EndpointAnswer List(AdminCall call) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("identities");
        foreach (var entry in call.Emulator.TenantDirectory.Content.Identities)
            Write(json, entry, call.Emulator);
        json.WriteEndArray();
    });

    private static EndpointAnswer Add(AdminCall call)
    {
        var body = call.Body();
        var options = new IdentityDescription
        {
            Name = body.Text("name"),
            Tenant = body.OptionalText("tenant"),
            ClientId = Id(body, "clientId"),
            ObjectId = Id(body, "objectId"),
            ResourceId = body.OptionalText("resourceId"),
        };
        var host = body.OptionalText("host") is { } name ? call.Host(name) : null;
        body.RejectOthers();

        call.Emulator.AddIdentity(options);
        host?.Assign(options.Name);
        return Answer(call, Find(call, options.Name, options.Tenant), 201);
    }

    private static EndpointAnswer Remove(AdminCall call)
    {
        var entry = Find(call, call.Path["name"], call.Query("tenant"));
        if (entry.Identity.IsSystemAssigned)
            throw AdminException.Invalid($"'{entry.Identity.Name}' is a host's own identity. It goes with its host; disable it, if it is to get no tokens.");

        call.Emulator.RemoveIdentity(entry.Identity.Name, call.Query("tenant"));
        return EndpointAnswer.Json(200, json => json.WriteBoolean("removed", true));
    }

    private static EndpointAnswer Change(AdminCall call, Action<EmulatedHost, string> change)
    {
        var body = call.Body();
        var host = call.Host(body.Text("host"));
        body.RejectOthers();
        change(host, call.Path["name"]);
        return EndpointAnswer.Json(200, json =>
        {
            json.WritePropertyName("host");
            AdminJson.Write(json, host);
        });
    }

    private static void Assign(EmulatedHost host, string identity) => host.Assign(identity);

    private static void Unassign(EmulatedHost host, string identity)
    {
        if (!host.Unassign(identity))
            throw AdminException.NotFound($"{host.Name} does not have the identity '{identity}'.");
    }

    private static EndpointAnswer Enable(AdminCall call, bool enabled)
    {
        var identity = Find(call, call.Path["name"], call.Query("tenant")).Identity;
        call.Emulator.SetEnabled(identity.Name, enabled, call.Query("tenant"));
        return Answer(call, Find(call, identity.Name, call.Query("tenant")), 200);
    }

    private static EndpointAnswer Answer(AdminCall call, IdentityEntry entry, int status) => EndpointAnswer.Json(status, json =>
    {
        json.WritePropertyName("identity");
        Write(json, entry, call.Emulator);
    });

    private static IdentityEntry Find(AdminCall call, string name, string? tenant)
    {
        var content = call.Emulator.TenantDirectory.Content;
        var id = FleetPlan.TenantOf(tenant, content.Tenants, "tenant").Id;
        var there = content.Identities.Where(entry => entry.Identity.TenantId == id).ToImmutableArray();
        return there.FirstOrDefault(entry => !entry.Identity.IsSystemAssigned && entry.Identity.Name == name)
            ?? there.FirstOrDefault(entry => entry.Identity.Name == name)
            ?? throw AdminException.NotFound(
                $"There is no identity '{name}'. Identities: {string.Join(
                    ", ", there.Select(entry => entry.Identity.Name).DefaultIfEmpty("none"))}.");
    }

    private static Guid? Id(FaultReader body, string name) => body.Find(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.String && member.TryGetGuid(out var id) ? id
        : throw body.Wrong(name, member, "a GUID");
}
