using System.Collections.Immutable;

namespace Keyless.Emulator.Identities;

/// <summary>Who and what exists: the tenants, identities, applications and APIs of an emulator. Changes are seen at once, and whole.</summary>
internal sealed class TenantDirectory(DirectoryContent content)
{
    private readonly object _gate = new();
    private volatile DirectoryContent _content = content;

    public DirectoryContent Content => _content;

    /// <summary>The tenant that is meant where none is named.</summary>
    public EmulatedTenant DefaultTenant => _content.Tenants[0].Tenant;

    public void Change(Func<DirectoryContent, DirectoryContent> change)
    {
        lock (_gate)
            _content = change(_content);
    }
}

/// <summary>What a directory holds at one moment.</summary>
internal sealed record DirectoryContent
{
    /// <summary>The tenants; the first is the one that is meant where none is named.</summary>
    public required ImmutableArray<TenantEntry> Tenants { get; init; }

    /// <summary>The hosts' own identities first, in the hosts' order, then the user-assigned ones.</summary>
    public required ImmutableArray<IdentityEntry> Identities { get; init; }

    public ImmutableArray<ApplicationEntry> Applications { get; init; } = [];

    public ImmutableArray<ResourceEntry> Resources { get; init; } = [];

    /// <summary>Whether only registered APIs are known.</summary>
    public bool StrictResources { get; init; }

    public TenantEntry? FindTenant(string name) => Tenants.FirstOrDefault(entry => entry.Tenant.Name == name);

    public TenantEntry? FindTenant(Guid id) => Tenants.FirstOrDefault(entry => entry.Tenant.Id == id);

    public IdentityEntry? FindIdentity(Guid objectId) => Identities.FirstOrDefault(entry => entry.Identity.ObjectId == objectId);

    /// <summary>The user-assigned identity of a name in a tenant.</summary>
    public IdentityEntry? FindUserAssigned(Guid tenantId, string name) => Identities.FirstOrDefault(entry =>
        !entry.Identity.IsSystemAssigned && entry.Identity.TenantId == tenantId && entry.Identity.Name == name);

    /// <summary>The managed identity of a name: of the tenant if it has one, and rather one that a user made than a host's own.</summary>
    public IdentityEntry? FindIdentity(string name, Guid tenantId) => Identities
        .Where(entry => entry.Identity.Name == name)
        .OrderByDescending(entry => entry.Identity.TenantId == tenantId)
        .ThenBy(entry => entry.Identity.IsSystemAssigned)
        .FirstOrDefault();

    /// <summary>The API that a resource identifier or application id means, of the registered ones or of those that every tenant has.</summary>
    public ResourceEntry? FindResource(string resource) =>
        Resources.FirstOrDefault(entry => entry.IsNamed(resource))
        ?? (ResourceEntry.TokenExchange.IsNamed(resource) ? ResourceEntry.TokenExchange : null);
}
