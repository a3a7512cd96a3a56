namespace Keyless;

/// <summary>The kinds of endpoint that a machine can hand out managed identity tokens from.</summary>
public enum SourceKind
{
    /// <summary>The Instance Metadata Service of a virtual machine, scale set or AKS node.</summary>
    Imds,

    /// <summary>App Service, Functions, Container Apps, Logic Apps Standard or Azure Automation.</summary>
    AppService,

    /// <summary>A server outside Azure that the Azure Arc agent has connected.</summary>
    AzureArc,

    /// <summary>Azure Cloud Shell; its tokens belong to the signed-in user.</summary>
    CloudShell,

    /// <summary>An application in a Service Fabric managed cluster.</summary>
    ServiceFabric,

    /// <summary>Azure Machine Learning, and the 2017 form of App Service that it shares.</summary>
    MachineLearning,
}
