namespace Keyless.Emulator.Identities;

/// <summary>The ids of everything that is not given one: they follow from names.</summary>
internal static class StableIds
{
    private static readonly string ResourceGroup = $"/subscriptions/{StableGuid.Of("subscription")}/resourcegroups/keyless-emulator";

    public static Guid Tenant(string name) => StableGuid.Of(name == TenantDescription.DefaultName ? "tenant" : $"tenant/{name}");

    public static Guid ClientId(string tenant, string kind, string name) => StableGuid.Of($"{Scope(tenant)}{kind}/{name}/client-id");

    public static Guid ObjectId(string tenant, string kind, string name) => StableGuid.Of($"{Scope(tenant)}{kind}/{name}/object-id");

    /// <summary>The resource id of something in the emulator's resource group, such as <c>Microsoft.Web/sites/NAME</c>.</summary>
    public static string Resource(string provider) => $"{ResourceGroup}/providers/{provider}";

    public static string UserAssigned(string name) => Resource($"Microsoft.ManagedIdentity/userAssignedIdentities/{name}");

    // So that the ids of the default tenant do not change when others come beside it.
    private static string Scope(string tenant) => tenant == TenantDescription.DefaultName ? "" : $"tenant/{tenant}/";
}
