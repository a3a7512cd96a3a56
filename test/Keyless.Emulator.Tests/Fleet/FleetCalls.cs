using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Fleet;

/// <summary>Token requests to a host of any kind, as its own processes send them.</summary>
internal static class FleetCalls
{
    /// <summary>Asks for a token, for the identity of a client id or, on Service Fabric, object id.</summary>
    public static Task<Answer> AskAsync(this EmulatedHost host, EmulatedIdentity? identity = null, string resource = HostCalls.Vault)
    {
        var (version, selector) = host.Source switch
        {
            SourceKind.Imds => ("2018-02-01", "client_id"),
            SourceKind.AppService => ("2019-08-01", "client_id"),
            SourceKind.AzureArc => ("2020-06-01", "client_id"),
            SourceKind.ServiceFabric => ("2020-05-01", "principalId"),
            _ => ("2017-09-01", "clientid"),
        };
        var id = host.Source == SourceKind.ServiceFabric ? identity?.ObjectId : identity?.ClientId;
        var query = $"api-version={version}&resource={Uri.EscapeDataString(resource)}{(id is null ? "" : $"&{selector}={id}")}";
        return host.Source switch
        {
            SourceKind.Imds => host.GetAsync(query, HostCalls.Metadata),
            SourceKind.AzureArc => host.AskArcAsync(query),
            SourceKind.CloudShell => host.GetAsync($"resource={Uri.EscapeDataString(resource)}", HostCalls.Metadata),
            _ => host.GetAsync(query, HostCalls.SecretOf(host)),
        };
    }

    public static async Task<DecodedToken> TokenAsync(this EmulatedHost host, EmulatedIdentity? identity = null, string resource = HostCalls.Vault) =>
        new((await host.AskAsync(identity, resource)).Token);

    public static EmulatedIdentity Identity(this ManagedIdentityEmulator emulator, string name) =>
        emulator.Identities.Single(identity => identity.Name == name);

    public static Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions options) =>
        ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken);

    public static HostDescription Vm(string name, params string[] identities) =>
        new() { Name = name, Kind = HostKind.VirtualMachine, SystemAssigned = false, UserAssigned = identities };
}
