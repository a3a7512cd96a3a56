namespace Keyless.Sources;

/// <summary>The sources' names as people write them.</summary>
internal static class SourceNames
{
    public static string DisplayName(this SourceKind kind) => kind switch
    {
        SourceKind.Imds => "IMDS",
        SourceKind.AppService => "App Service",
        SourceKind.AzureArc => "Azure Arc",
        SourceKind.CloudShell => "Cloud Shell",
        SourceKind.ServiceFabric => "Service Fabric",
        SourceKind.MachineLearning => "Azure Machine Learning",
        _ => kind.ToString(),
    };
}
