using System.Diagnostics.CodeAnalysis;
using Keyless.Emulator.Fleet;

namespace Keyless.Emulator;

/// <summary>The names of the kinds of host in files and on command lines, and the platform that each belongs to.</summary>
public static class HostPlatform
{
    /// <summary>The names: vm, vmss, app-service, functions, container-app, azure-arc, cloud-shell, service-fabric, machine-learning.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<HostKind>().Select(NameOf)];

    /// <summary>The name of a kind of host.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static string NameOf(HostKind kind) => kind switch
    {
        HostKind.VirtualMachine => "vm",
        HostKind.ScaleSet => "vmss",
        HostKind.AppService => "app-service",
        HostKind.Functions => "functions",
        HostKind.ContainerApp => "container-app",
        HostKind.AzureArc => "azure-arc",
        HostKind.CloudShell => "cloud-shell",
        HostKind.ServiceFabric => "service-fabric",
        HostKind.MachineLearning => "machine-learning",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of host."),
    };

    /// <summary>The kind of host that a name means; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">The kind, if there is one of the name.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryRead([NotNullWhen(true)] string? name, out HostKind kind)
    {
        foreach (var known in Enum.GetValues<HostKind>())
        {
            if (string.Equals(name, NameOf(known), StringComparison.OrdinalIgnoreCase))
            {
                kind = known;
                return true;
            }
        }

        kind = default;
        return false;
    }

    /// <summary>The platform whose endpoint a kind of host has.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static SourceKind SourceOf(HostKind kind) => HostKinds.SourceOf(kind);
}
