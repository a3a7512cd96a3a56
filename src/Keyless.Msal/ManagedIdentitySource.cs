namespace Keyless.Msal;

/// <summary>The kinds of endpoint that managed identity tokens come from.</summary>
public enum ManagedIdentitySource
{
    /// <summary>None was found.</summary>
    None = 0,

    /// <summary>The Instance Metadata Service of a virtual machine.</summary>
    Imds = 1,

    /// <summary>App Service, Functions, Container Apps.</summary>
    AppService = 2,

    /// <summary>A server connected by Azure Arc.</summary>
    AzureArc = 3,

    /// <summary>Azure Cloud Shell.</summary>
    CloudShell = 4,

    /// <summary>A Service Fabric managed cluster.</summary>
    ServiceFabric = 5,

    /// <summary>No variable announces an endpoint, so IMDS will be asked.</summary>
    [Obsolete("Only GetManagedIdentitySource reports it. GetManagedIdentityCapabilitiesAsync finds out whether IMDS is there.")]
    DefaultToImds = 6,

    /// <summary>Azure Machine Learning.</summary>
    MachineLearning = 7,
}
