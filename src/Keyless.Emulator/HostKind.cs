namespace Keyless.Emulator;

/// <summary>What a virtual host is: the machine or application that has managed identities, and with that the endpoint it offers them by.</summary>
public enum HostKind
{
    /// <summary>A virtual machine, with IMDS.</summary>
    VirtualMachine,

    /// <summary>An instance of a virtual machine scale set, with IMDS.</summary>
    ScaleSet,

    /// <summary>A web app of App Service.</summary>
    AppService,

    /// <summary>A function app, with App Service's endpoint.</summary>
    Functions,

    /// <summary>A container app, with App Service's endpoint.</summary>
    ContainerApp,

    /// <summary>A server that is connected by the Azure Arc agent.</summary>
    AzureArc,

    /// <summary>A Cloud Shell, whose tokens belong to the user who is signed in.</summary>
    CloudShell,

    /// <summary>An application on a Service Fabric managed cluster.</summary>
    ServiceFabric,

    /// <summary>A compute of Azure Machine Learning.</summary>
    MachineLearning,
}
