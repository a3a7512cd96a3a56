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
internal sealed record ResourceEntry(Guid AppId, ResourceDescription Options)
{
    /// <summary>Entra itself, for tokens that are meant to be exchanged; its tokens are of the v2 form.</summary>
    public static ResourceEntry TokenExchange { get; } = new(
        new Guid("fb60f99c-7a34-4190-8149-302f77469936"),
        new ResourceDescription { Identifiers = [FederatedCredentialDescription.DefaultAudience], TokenVersion = 2 });

    /// <summary>Whether a resource identifier or an application id means this API.</summary>
    public bool IsNamed(string resource) =>
        Options.Identifiers.Contains(resource, StringComparer.OrdinalIgnoreCase)
        || (Guid.TryParse(resource, out var id) && id == AppId);
}
