namespace Keyless.Emulator.Identities;

/// <summary>The made-up tenant of every emulator: who and what is in it when nothing else is said.</summary>
internal static class Tenant
{
    private static readonly string ResourceGroup = $"/subscriptions/{StableGuid.Of("subscription")}/resourcegroups/keyless-emulator";

    public static Guid Id { get; } = StableGuid.Of("tenant");

    /// <summary>When the tenant was created, in seconds since 1970; tokens say it.</summary>
    public static long CreatedOn => 1_577_836_800;

    public static IReadOnlyList<EmulatedIdentity> Identities { get; } =
    [
        Identity("system", isSystemAssigned: true, ResourceIdOf(SourceKind.Imds)!),
        Identity("orders", isSystemAssigned: false, UserAssigned("orders")),
        Identity("billing", isSystemAssigned: false, UserAssigned("billing")),
    ];

    public static EmulatedUser User { get; } = new("Robin", "Example", "robin@keyless.example", StableGuid.Of("user/robin/object-id"));

    /// <summary>The application that signed the user in.</summary>
    public static Guid CloudShellApplication { get; } = StableGuid.Of("application/cloud-shell");

    /// <summary>The resource id of a platform's virtual host. Null for Cloud Shell, which is none.</summary>
    public static string? ResourceIdOf(SourceKind source) => source switch
    {
        SourceKind.Imds => $"{ResourceGroup}/providers/Microsoft.Compute/virtualMachines/vm",
        SourceKind.AppService => $"{ResourceGroup}/providers/Microsoft.Web/sites/web",
        SourceKind.AzureArc => $"{ResourceGroup}/providers/Microsoft.HybridCompute/machines/server",
        SourceKind.ServiceFabric => $"{ResourceGroup}/providers/Microsoft.ServiceFabric/managedclusters/cluster/applications/app",
        SourceKind.MachineLearning => $"{ResourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/workspace/computes/compute",
        _ => null,
    };

    private static string UserAssigned(string name) => $"{ResourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}";

    private static EmulatedIdentity Identity(string name, bool isSystemAssigned, string resourceId) => new(
        name,
        isSystemAssigned,
        ClientId: StableGuid.Of($"identity/{name}/client-id"),
        ObjectId: StableGuid.Of($"identity/{name}/object-id"),
        resourceId,
        TenantId: Id);
}
