using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests;

/// <summary>
/// What docs/emulator-compatibility.md tells of clients, beyond its table. A client that has been put right fails here: update the page.
/// </summary>
public sealed class ClientQuirkTests(EmulatedPlatforms platforms)
{
    [Fact]
    public async Task msal_node_refuses_a_user_assigned_identity_on_cloud_shell_only_until_one_call_has_gone_well()
    {
        InteropClient.MsalNode.Require();
        var system = platforms.CallFor(ManagedIdentityKind.SystemAssigned);
        var orders = platforms.CallFor(ManagedIdentityKind.ClientId);

        var outcomes = await InteropClient.MsalNode.AskAsync(
            SourceKind.CloudShell, platforms.VariablesOf(SourceKind.CloudShell), [orders, system, orders]);

        Assert.Equal("unable_to_create_cloud_shell", outcomes[0].ErrorCode);
        Assert.NotNull(outcomes[1].Token);
        Assert.Equal("user", new Claims(outcomes[2].Token!)["idtyp"]);
    }

    [Fact]
    public async Task azure_identity_gives_no_reason_for_refusing_an_object_id_on_machine_learning()
    {
        var outcome = await platforms.OutcomeOfAsync(
            InteropClient.AzureIdentity, SourceKind.MachineLearning, platforms.CallFor(ManagedIdentityKind.ObjectId));

        Assert.StartsWith(
            "ManagedIdentityCredential authentication failed: \nSee the troubleshooting guide",
            outcome.ErrorMessage!.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task msal_node_does_not_pin_the_certificate_of_service_fabric()
    {
        InteropClient.MsalNode.Require();
        var host = platforms.Emulator[SourceKind.ServiceFabric];

        var untrusting = await InteropClient.MsalNode.AskAsync(
            host.Source, host.Variables, [platforms.CallFor(ManagedIdentityKind.SystemAssigned)]);
        var misled = await InteropClient.MsalNode.AskAsync(
            host.Source,
            new Dictionary<string, string>(platforms.VariablesOf(host.Source)) { ["IDENTITY_SERVER_THUMBPRINT"] = new('0', 40) },
            [platforms.CallFor(ManagedIdentityKind.SystemAssigned)]);

        Assert.Equal("network_error", Assert.Single(untrusting).ErrorCode);
        Assert.NotNull(Assert.Single(misled).Token);
    }

    [Fact]
    public async Task msal_pins_the_certificate_of_service_fabric()
    {
        var host = platforms.Emulator[SourceKind.ServiceFabric];

        var outcomes = await InteropClient.Msal.AskAsync(
            host.Source,
            new Dictionary<string, string>(host.Variables) { ["IDENTITY_SERVER_THUMBPRINT"] = new('0', 40) },
            [platforms.CallFor(ManagedIdentityKind.SystemAssigned)]);

        Assert.Equal("managed_identity_unreachable_network", Assert.Single(outcomes).ErrorCode);
    }
}
