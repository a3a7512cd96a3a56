using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Fleet;

/// <summary>What follows from a host's kind.</summary>
internal static class HostKinds
{
    /// <summary>Which endpoint a kind of host has.</summary>
    public static SourceKind SourceOf(HostKind kind) => kind switch
    {
        HostKind.VirtualMachine or HostKind.ScaleSet => SourceKind.Imds,
        HostKind.AppService or HostKind.Functions or HostKind.ContainerApp => SourceKind.AppService,
        HostKind.AzureArc => SourceKind.AzureArc,
        HostKind.CloudShell => SourceKind.CloudShell,
        HostKind.ServiceFabric => SourceKind.ServiceFabric,
        HostKind.MachineLearning => SourceKind.MachineLearning,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of host."),
    };

    /// <summary>The host that stands for a platform when no host is described, with the name that it then has.</summary>
    public static (HostKind Kind, string Name) DefaultFor(SourceKind source) => source switch
    {
        SourceKind.Imds => (HostKind.VirtualMachine, "vm"),
        SourceKind.AppService => (HostKind.AppService, "web"),
        SourceKind.AzureArc => (HostKind.AzureArc, "server"),
        SourceKind.CloudShell => (HostKind.CloudShell, "shell"),
        SourceKind.ServiceFabric => (HostKind.ServiceFabric, "app"),
        SourceKind.MachineLearning => (HostKind.MachineLearning, "compute"),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Not a platform."),
    };

    /// <summary>A host's own resource id. Null for Cloud Shell, which is no resource.</summary>
    public static string? ResourceIdOf(HostKind kind, string name) => kind switch
    {
        HostKind.VirtualMachine => StableIds.Resource($"Microsoft.Compute/virtualMachines/{name}"),
        HostKind.ScaleSet => StableIds.Resource($"Microsoft.Compute/virtualMachineScaleSets/{name}"),
        HostKind.AppService or HostKind.Functions => StableIds.Resource($"Microsoft.Web/sites/{name}"),
        HostKind.ContainerApp => StableIds.Resource($"Microsoft.App/containerApps/{name}"),
        HostKind.AzureArc => StableIds.Resource($"Microsoft.HybridCompute/machines/{name}"),
        HostKind.ServiceFabric => StableIds.Resource($"Microsoft.ServiceFabric/managedclusters/cluster/applications/{name}"),
        HostKind.MachineLearning => StableIds.Resource($"Microsoft.MachineLearningServices/workspaces/workspace/computes/{name}"),
        _ => null,
    };
}
