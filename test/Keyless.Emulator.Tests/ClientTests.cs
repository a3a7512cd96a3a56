using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests;

/// <summary>The library's own client against each emulated host, led there by nothing but the host's variables.</summary>
public sealed class ClientTests(RunningEmulator running)
{
    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    public static TheoryData<SourceKind, string> Selections => new()
    {
        { SourceKind.Imds, "client" },
        { SourceKind.Imds, "object" },
        { SourceKind.Imds, "resource" },
        { SourceKind.AppService, "client" },
        { SourceKind.AppService, "object" },
        { SourceKind.AppService, "resource" },
        { SourceKind.AzureArc, "client" },
        { SourceKind.AzureArc, "object" },
        { SourceKind.AzureArc, "resource" },
        { SourceKind.ServiceFabric, "object" },
        { SourceKind.MachineLearning, "client" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task it_finds_every_host_and_gets_a_verifiable_token(SourceKind source)
    {
        var client = ClientOn(source, ManagedIdentity.SystemAssigned);

        var token = await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken);

        Assert.Equal(source, token.Source);
        Assert.Equal(running[source].Endpoint, token.Endpoint);
        var decoded = new DecodedToken(token.Token);
        Assert.Equal(decoded.Time("exp"), token.ExpiresOn);
        Assert.True(await decoded.IsSignedByItsIssuerAsync());
    }

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task it_gets_the_identity_that_it_chooses(SourceKind source, string by)
    {
        var orders = running.Orders;
        var client = ClientOn(source, by switch
        {
            "client" => ManagedIdentity.FromClientId(orders.ClientId.ToString()),
            "object" => ManagedIdentity.FromObjectId(orders.ObjectId.ToString()),
            _ => ManagedIdentity.FromResourceId(orders.ResourceId),
        });

        var token = await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken);

        Assert.Equal(orders.ObjectId.ToString(), new DecodedToken(token.Token).String("oid"));
    }

    [Fact]
    public async Task an_unknown_identity_ends_in_the_hosts_own_words()
    {
        var client = ClientOn(SourceKind.Imds, ManagedIdentity.FromClientId(Guid.Empty.ToString()));

        var exception = await Assert.ThrowsAsync<ManagedIdentityException>(
            async () => await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken));

        Assert.Contains("Identity not found", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_rejected_token_is_replaced_on_service_fabric()
    {
        const string Resource = "https://rejecting.example";
        var client = ClientOn(SourceKind.ServiceFabric, ManagedIdentity.SystemAssigned);
        var rejected = await client.GetTokenAsync(Resource, TestContext.Current.CancellationToken);

        var renewed = await client.GetTokenAsync(
            new TokenRequest(Resource) { Claims = """{"access_token":{"nbf":{"essential":true}}}""", RejectedToken = rejected.Token },
            TestContext.Current.CancellationToken);

        Assert.NotEqual(rejected, renewed);
    }

    [Fact]
    public async Task a_certificate_with_another_thumbprint_is_refused_by_the_client()
    {
        var variables = new Dictionary<string, string>(running[SourceKind.ServiceFabric].Variables)
        {
            ["IDENTITY_SERVER_THUMBPRINT"] = new('0', 40),
        };
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = new EmulatedMachine(variables, running.ArcKeyDirectory),
            Cache = new TokenCache(),
        });

        await Assert.ThrowsAsync<ManagedIdentityException>(
            async () => await client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken));
    }

    private ManagedIdentityClient ClientOn(SourceKind source, ManagedIdentity identity) => new(new ManagedIdentityOptions
    {
        Identity = identity,
        Environment = new EmulatedMachine(running[source].Variables, running.ArcKeyDirectory),
        Cache = new TokenCache(),
    });
}
