using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Fleet;

/// <summary>What options come to: the directory's content and the hosts, with every name resolved.</summary>
internal sealed record FleetPlan(DirectoryContent Directory, IReadOnlyList<HostPlan> Hosts)
{
    private const string IdentityKind = "identity";
    private const string HostKindName = "host";

    private static readonly Dictionary<string, JsonNode?> NoClaims = [];

    /// <exception cref="EmulatorException">Something is named that is not there, or named twice.</exception>
    public static FleetPlan Of(EmulatorOptions options)
    {
        var tenants = TenantsOf(options);
        var userAssigned = options.Identities
            .Select(identity => EntryOf(identity, TenantOf(identity.Tenant, tenants, $"Identities[{identity.Name}]")))
            .ToArray();
        var hosts = options.HostsOrDefaults.Select(host => PlanOf(host, tenants, userAssigned)).ToArray();

        return new FleetPlan(
            new DirectoryContent
            {
                Tenants = tenants,
                Identities = [.. hosts.Select(host => host.Own).OfType<IdentityEntry>(), .. userAssigned],
                Applications = [.. options.Applications.Select(application => EntryOf(application, tenants))],
                Resources = [.. options.Resources.Select(EntryOf)],
                StrictResources = options.StrictResources,
            },
            hosts);
    }

    public static HostPlan PlanOf(HostDescription host, IReadOnlyList<TenantEntry> tenants, IReadOnlyCollection<IdentityEntry> userAssigned)
    {
        var option = $"Hosts[{host.Name}]";
        var tenant = TenantOf(host.Tenant, tenants, option);
        if (host.Kind == HostKind.CloudShell)
            return new HostPlan(host, tenant, Own: null, Assigned: []);

        var own = host.SystemAssigned ? OwnOf(host, tenant) : null;
        var others = userAssigned.Where(entry => entry.Identity.TenantId == tenant.Id).ToArray();
        var chosen = host.UserAssigned is null
            ? others
            : host.UserAssigned.Distinct(StringComparer.Ordinal).Select(name => Find(name, others, $"{option}.{nameof(HostDescription.UserAssigned)}")).ToArray();
        return new HostPlan(host, tenant, own, [.. own is null ? [] : new[] { own.Identity }, .. chosen.Select(entry => entry.Identity)]);
    }

    public static IdentityEntry EntryOf(IdentityDescription options, EmulatedTenant tenant) => new(
        new EmulatedIdentity(
            options.Name,
            IsSystemAssigned: false,
            options.ClientId ?? StableIds.ClientId(tenant.Name, IdentityKind, options.Name),
            options.ObjectId ?? StableIds.ObjectId(tenant.Name, IdentityKind, options.Name),
            options.ResourceId ?? StableIds.UserAssigned(options.Name),
            tenant.Id),
        options.Enabled,
        options.Roles,
        options.Claims);

    public static EmulatedTenant TenantOf(string? name, IReadOnlyList<TenantEntry> tenants, string option)
    {
        if (name is null)
            return tenants[0].Tenant;

        return tenants.FirstOrDefault(entry => entry.Tenant.Name == name)?.Tenant ?? throw EmulatorException.Of(
            $"{option}.Tenant",
            $"names the tenant '{name}', which is not there. Tenants: {string.Join(", ", tenants.Select(entry => entry.Tenant.Name))}.");
    }

    private static ImmutableArray<TenantEntry> TenantsOf(EmulatorOptions options) => options.Tenants.Count == 0
        ? [new TenantEntry(new EmulatedTenant(TenantDescription.DefaultName, StableIds.Tenant(TenantDescription.DefaultName)), NoClaims)]
        : [.. options.Tenants.Select(tenant =>
            new TenantEntry(new EmulatedTenant(tenant.Name, tenant.Id ?? StableIds.Tenant(tenant.Name)), tenant.Claims))];

    private static IdentityEntry OwnOf(HostDescription host, EmulatedTenant tenant) => new(
        new EmulatedIdentity(
            host.Name,
            IsSystemAssigned: true,
            StableIds.ClientId(tenant.Name, HostKindName, host.Name),
            StableIds.ObjectId(tenant.Name, HostKindName, host.Name),
            HostKinds.ResourceIdOf(host.Kind, host.Name)!,
            tenant.Id),
        Enabled: true,
        host.Roles,
        NoClaims);

    private static IdentityEntry Find(string name, IReadOnlyCollection<IdentityEntry> entries, string option) =>
        entries.FirstOrDefault(entry => entry.Identity.Name == name) ?? throw EmulatorException.Of(
            option,
            $"names the identity '{name}', which is not in the host's tenant. Identities there: {string.Join(", ", entries.Select(entry => entry.Identity.Name).DefaultIfEmpty("none"))}.");

    private static ApplicationEntry EntryOf(ApplicationDescription options, IReadOnlyList<TenantEntry> tenants)
    {
        const string Kind = "application";
        var tenant = TenantOf(options.Tenant, tenants, $"Applications[{options.Name}]");
        return new ApplicationEntry(
            tenant,
            options.ClientId ?? StableIds.ClientId(tenant.Name, Kind, options.Name),
            options.ObjectId ?? StableIds.ObjectId(tenant.Name, Kind, options.Name),
            options);
    }

    private static ResourceEntry EntryOf(ResourceDescription options) =>
        new(options.AppId ?? StableGuid.Of($"resource/{options.Identifiers[0]}/app-id"), options);
}

/// <summary>A host to start: its options, with every name resolved.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Own">Its system-assigned identity. Null: it has none.</param>
/// <param name="Assigned">All its identities, its own first.</param>
internal sealed record HostPlan(HostDescription Options, EmulatedTenant Tenant, IdentityEntry? Own, IReadOnlyList<EmulatedIdentity> Assigned);
