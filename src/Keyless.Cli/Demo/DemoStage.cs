using Keyless.Emulator;

namespace Keyless.Cli.Demo;

/// <summary>What the demo asks one host for. Together the stages show every way to name an identity.</summary>
internal sealed record DemoStage(EmulatedHost Host, string Resource, ManagedIdentity Identity, EmulatedIdentity? Expected)
{
    /// <summary>The identity's name, for the host's own one just what it is; on Cloud Shell tokens are a user's.</summary>
    public string IdentityName => Expected is null ? "user" : Expected.IsSystemAssigned ? "system" : Expected.Name;

    public static DemoStage For(EmulatedHost host)
    {
        var own = host.AssignedIdentities.FirstOrDefault(identity => identity.IsSystemAssigned);
        var others = host.AssignedIdentities.Where(identity => !identity.IsSystemAssigned).ToArray();
        return host.Source switch
        {
            SourceKind.Imds => new(host, "https://vault.azure.net", ByClientId(others[0]), others[0]),
            SourceKind.AppService => new(host, "https://storage.azure.com", ByResourceId(others[1]), others[1]),
            SourceKind.AzureArc => new(host, "https://monitor.azure.com", ManagedIdentity.SystemAssigned, own),
            SourceKind.ServiceFabric => new(host, "https://cosmos.azure.com", ByObjectId(others[0]), others[0]),
            SourceKind.MachineLearning => new(host, "https://ml.azure.com", ByClientId(others[1]), others[1]),
            _ => new(host, "https://vault.azure.net", ManagedIdentity.SystemAssigned, own),
        };
    }

    private static ManagedIdentity ByClientId(EmulatedIdentity identity) => ManagedIdentity.FromClientId(identity.ClientId.ToString());

    private static ManagedIdentity ByObjectId(EmulatedIdentity identity) => ManagedIdentity.FromObjectId(identity.ObjectId.ToString());

    private static ManagedIdentity ByResourceId(EmulatedIdentity identity) => ManagedIdentity.FromResourceId(identity.ResourceId);
}
