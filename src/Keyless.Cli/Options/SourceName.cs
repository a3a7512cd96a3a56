namespace Keyless.Cli.Options;

/// <summary>The sources' names on the command line and in JSON, and what stands behind them.</summary>
internal static class SourceName
{
    public static (string Name, SourceKind Value)[] All { get; } = Array.ConvertAll(Enum.GetValues<SourceKind>(), kind => (Of(kind), kind));

    /// <summary>All names, for help.</summary>
    public static string List { get; } = string.Join(", ", All.Select(source => source.Name));

    public static string Of(SourceKind kind) => kind switch
    {
        SourceKind.Imds => "imds",
        SourceKind.AppService => "app-service",
        SourceKind.AzureArc => "azure-arc",
        SourceKind.CloudShell => "cloud-shell",
        SourceKind.ServiceFabric => "service-fabric",
        SourceKind.MachineLearning => "machine-learning",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A source without a name."),
    };

    /// <summary>The kind of machine that has this source.</summary>
    public static string Platform(SourceKind kind) => kind switch
    {
        SourceKind.Imds => "a virtual machine, scale set or AKS node",
        SourceKind.AppService => "App Service, Functions, Container Apps",
        SourceKind.AzureArc => "a server connected by Azure Arc",
        SourceKind.CloudShell => "Azure Cloud Shell",
        SourceKind.ServiceFabric => "a Service Fabric managed cluster",
        SourceKind.MachineLearning => "Azure Machine Learning",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A source without a platform."),
    };
}
