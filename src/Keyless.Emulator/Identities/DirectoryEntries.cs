using System.Text.Json.Nodes;

namespace Keyless.Emulator.Identities;

/// <summary>A tenant, with what only the emulator needs to know of it.</summary>
internal sealed record TenantEntry(EmulatedTenant Tenant, IReadOnlyDictionary<string, JsonNode?> Claims);

/// <summary>A managed identity, with what only the emulator needs to know of it.</summary>
/// <param name="Identity">The identity.</param>
/// <param name="Enabled">Whether Entra issues tokens for it.</param>
/// <param name="Roles">Its app roles, by resource.</param>
/// <param name="Claims">What is peculiar to its tokens.</param>
internal sealed record IdentityEntry(
    EmulatedIdentity Identity,
    bool Enabled,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Roles,
    IReadOnlyDictionary<string, JsonNode?> Claims);

/// <summary>An app registration, with ids.</summary>
internal sealed record ApplicationEntry(EmulatedTenant Tenant, Guid ClientId, Guid ObjectId, ApplicationDescription Options);

/// <summary>A registered API, with ids.</summary>
internal sealed record ResourceEntry(Guid AppId, ResourceDescription Options);
