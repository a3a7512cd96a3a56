using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Keyless.Interop.Tests.Support;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Keyless.Interop.Tests;

/// <summary>Real clients in the process of a test, led to a machine of their own by their transport alone: no port, no variable.</summary>
public sealed class InProcessTests
{
    private const int Machines = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task clients_of_one_process_get_the_tokens_of_their_own_machines()
    {
        var machines = await Task.WhenAll(Enumerable.Range(1, Machines).Select(StartAsync));
        try
        {
            // Each asks for an identity of its own: beneath both is one cache for the process.
            await Task.WhenAll(machines.SelectMany(machine => new[]
            {
                AskAsync(machine, machine.Hosts[0].AssignedIdentities[0], MsalNetAsync),
                AskAsync(machine, machine.Hosts[0].AssignedIdentities[1], AzureIdentityAsync),
            }));

            foreach (var machine in machines)
            {
                Assert.Equal(
                    machine.Hosts[0].AssignedIdentities.Select(identity => identity.Name),
                    machine.Journal.Entries.Select(entry => entry.Identity?.Name).Order(StringComparer.Ordinal).Reverse());
                Assert.All(machine.Journal.Entries, entry => Assert.Equal(200, entry.Status));
            }
        }
        finally
        {
            foreach (var machine in machines)
                await machine.DisposeAsync();
        }
    }

    // The statics of these clients know one machine; what differs is whom they ask for, and by which handler.
    private static Task<ManagedIdentityEmulator> StartAsync(int number) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions
        {
            OpenPorts = false,
            Identities = [new() { Name = $"app-{number}" }],
            Hosts = [new() { Name = $"vm-{number}", Kind = HostKind.VirtualMachine }],
        },
        Cancellation);

    private static async Task AskAsync(
        ManagedIdentityEmulator machine, EmulatedIdentity identity, Func<HttpMessageHandler, Guid, Task<string>> askAsync)
    {
        var token = await askAsync(machine.Hosts[0].CreateHandler(), identity.ClientId);

        Assert.Equal(identity.ObjectId.ToString(), new Claims(token)["oid"]);
    }

    private static async Task<string> MsalNetAsync(HttpMessageHandler handler, Guid clientId)
    {
        using var client = new HttpClient(handler);
        var application = ManagedIdentityApplicationBuilder
            .Create(Microsoft.Identity.Client.AppConfig.ManagedIdentityId.WithUserAssignedClientId(clientId.ToString()))
            .WithHttpClientFactory(new OneClient(client))
            .Build();
        return (await application.AcquireTokenForManagedIdentity(EmulatedPlatforms.Vault).ExecuteAsync(Cancellation)).AccessToken;
    }

    private static async Task<string> AzureIdentityAsync(HttpMessageHandler handler, Guid clientId)
    {
        using var transport = new HttpClientTransport(handler);
        var credential = new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(
            Azure.Identity.ManagedIdentityId.FromUserAssignedClientId(clientId.ToString()))
        { Transport = transport });
        return (await credential.GetTokenAsync(new TokenRequestContext([$"{EmulatedPlatforms.Vault}/.default"]), Cancellation)).Token;
    }

    private sealed class OneClient(HttpClient client) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => client;
    }
}
