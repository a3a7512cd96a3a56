namespace Keyless.Msal.Discovery;

/// <summary>The core's sources by their names here.</summary>
internal static class SourceNames
{
    public static ManagedIdentitySource Of(SourceKind source) => source switch
    {
        SourceKind.Imds => ManagedIdentitySource.Imds,
        SourceKind.AppService => ManagedIdentitySource.AppService,
        SourceKind.AzureArc => ManagedIdentitySource.AzureArc,
        SourceKind.CloudShell => ManagedIdentitySource.CloudShell,
        SourceKind.ServiceFabric => ManagedIdentitySource.ServiceFabric,
        _ => ManagedIdentitySource.MachineLearning,
    };

    public static ManagedIdentitySource Announced(MachineEnvironment machine)
    {
        var source = SourceDetection.Detect(machine).Source;
#pragma warning disable CS0618 // What is reported where nothing was found is marked obsolete with its method.
        return source == SourceKind.Imds ? ManagedIdentitySource.DefaultToImds : Of(source);
#pragma warning restore CS0618
    }
}
