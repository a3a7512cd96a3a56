using Keyless.Emulator;

namespace Keyless.Cli.Demo;

/// <summary>What the demo asks one host for. Together the stages show every way to name an identity.</summary>
internal sealed record DemoStage(EmulatedHost Host, string Resource, ManagedIdentity Identity, EmulatedIdentity? Expected)
{
    /// <summary>The identity's name; on Cloud Shell tokens are a user's.</summary>
    public string IdentityName => Expected?.Name ?? "user";

    public static DemoStage For(EmulatedHost host)
    {
        var own = host.AssignedIdentities.FirstOrDefault(identity => identity.IsSystemAssigned);
        var others = host.AssignedIdentities.Where(identity => !identity.IsSystemAssigned).ToArray();
        return host.Source switch
        {
            SourceKind.Imds => new(host, "https://vault.azure.net", ManagedIdentity.FromClientId(others[0].ClientId.ToString()), others[0]),
            SourceKind.AppService => new(host, "https://storage.azure.com", ManagedIdentity.FromResourceId(others[1].ResourceId), others[1]),
            SourceKind.ServiceFabric => new(host, "https://cosmos.azure.com", ManagedIdentity.FromObjectId(others[0].ObjectId.ToString()), others[0]),
            SourceKind.MachineLearning => new(host, "https://ml.azure.com", ManagedIdentity.FromClientId(others[1].ClientId.ToString()), others[1]),
            SourceKind.AzureArc => new(host, "https://monitor.azure.com", ManagedIdentity.SystemAssigned, own),
            _ => new(host, "https://vault.azure.net", ManagedIdentity.SystemAssigned, own),
        };
    }
}
