using Keyless.Emulator;

namespace Keyless.Tests.EndToEnd;

/// <summary>The client against the emulator: every source, every way to name an identity, no script in between.</summary>
public sealed class EmulatorTests(EmulatorTests.RunningEmulator running) : IClassFixture<EmulatorTests.RunningEmulator>
{
    private const string Resource = "https://storage.azure.com/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ManagedIdentityEmulator Emulator => running.Emulator;

    public static TheoryData<SourceKind, ManagedIdentityKind> Served() => new()
    {
        { SourceKind.Imds, ManagedIdentityKind.SystemAssigned },
        { SourceKind.Imds, ManagedIdentityKind.ClientId },
        { SourceKind.Imds, ManagedIdentityKind.ObjectId },
        { SourceKind.Imds, ManagedIdentityKind.ResourceId },
        { SourceKind.AppService, ManagedIdentityKind.SystemAssigned },
        { SourceKind.AppService, ManagedIdentityKind.ClientId },
        { SourceKind.AppService, ManagedIdentityKind.ObjectId },
        { SourceKind.AppService, ManagedIdentityKind.ResourceId },
        { SourceKind.AzureArc, ManagedIdentityKind.SystemAssigned },
        { SourceKind.AzureArc, ManagedIdentityKind.ClientId },
        { SourceKind.AzureArc, ManagedIdentityKind.ObjectId },
        { SourceKind.AzureArc, ManagedIdentityKind.ResourceId },
        { SourceKind.CloudShell, ManagedIdentityKind.SystemAssigned },
        { SourceKind.ServiceFabric, ManagedIdentityKind.SystemAssigned },
        { SourceKind.ServiceFabric, ManagedIdentityKind.ObjectId },
        { SourceKind.MachineLearning, ManagedIdentityKind.SystemAssigned },
        { SourceKind.MachineLearning, ManagedIdentityKind.ClientId },
    };

    [Theory]
    [MemberData(nameof(Served))]
    public async Task A_token_comes_from_every_source_for_every_identity_it_serves(SourceKind source, ManagedIdentityKind kind)
    {
        var client = ClientOn(source);
        var request = new TokenRequest(Resource) { Identity = Named(kind, Emulator.Identities[^1]) };

        var asynchronous = await client.GetTokenAsync(request, Cancellation);
        var other = ClientOn(source);
        var synchronous = await Task.Run(() => other.GetToken(request, Cancellation), Cancellation);

        Assert.Equal(source, asynchronous.Source);
        Assert.Equal("Bearer", asynchronous.TokenType);
        Assert.Equal(Resource, asynchronous.Resource);
        Assert.Equal(3, asynchronous.Token.Split('.').Length);
        Assert.InRange(asynchronous.ExpiresOn - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        Assert.Equal(3, synchronous.Token.Split('.').Length);
    }

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.AzureArc)]
    [InlineData(SourceKind.MachineLearning)]
    public async Task An_identity_that_is_not_assigned_is_not_found(SourceKind source)
    {
        var request = new TokenRequest(Resource) { Identity = ManagedIdentity.FromClientId("99999999-9999-9999-9999-999999999999") };

        var failure = (await ClientOn(source).TryGetTokenAsync(request, Cancellation)).Failure;

        Assert.Equal(FailureKind.IdentityNotFound, failure?.Kind);
        Assert.False(failure?.IsTransient);
        Assert.False(failure?.IsFallbackSafe);
        Assert.Equal(1, failure?.Attempts);
    }

    [Theory]
    [InlineData(SourceKind.AppService, "IDENTITY_HEADER")]
    [InlineData(SourceKind.MachineLearning, "MSI_SECRET")]
    [InlineData(SourceKind.ServiceFabric, "IDENTITY_HEADER")]
    public async Task An_outdated_secret_is_refused(SourceKind source, string variable)
    {
        var machine = DescribedMachine.Of(source, Emulator[source].Endpoint);
        foreach (var (name, value) in Emulator[source].Variables)
            machine[name] = value;
        machine[variable] = "outdated";

        var result = await new ManagedIdentityClient(new ManagedIdentityOptions { Environment = machine }).TryGetTokenAsync(new TokenRequest(Resource), Cancellation);

        Assert.False(result.Succeeded);
        Assert.False(result.Failure.IsTransient);
        Assert.Equal(1, result.Failure.Attempts);
    }

    [Fact]
    public async Task A_certificate_that_is_not_the_announced_one_is_refused()
    {
        var machine = DescribedMachine.Of(SourceKind.ServiceFabric, Emulator[SourceKind.ServiceFabric].Endpoint, thumbprint: new string('A', 40));

        var failure = (await new ManagedIdentityClient(new ManagedIdentityOptions { Environment = machine }).TryGetTokenAsync(new TokenRequest(Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.CertificateRefused, failure?.Kind);
    }

    [Fact]
    public async Task After_a_claims_challenge_Service_Fabric_hands_out_another_token()
    {
        var client = ClientOn(SourceKind.ServiceFabric, static options => options with { ClientCapabilities = ["cp1"] });
        var first = await client.GetTokenAsync(Resource, Cancellation);
        var forced = await client.GetTokenAsync(new TokenRequest(Resource) { ForceRefresh = true }, Cancellation);

        var second = await client.GetTokenAsync(new TokenRequest(Resource) { Claims = "{}", RejectedToken = first.Token }, Cancellation);

        Assert.Equal(TokenOrigin.EndpointUnchanged, forced.Origin);
        Assert.NotEqual(first, second);
        Assert.Equal(TokenOrigin.Endpoint, second.Origin);
    }

    private ManagedIdentityClient ClientOn(SourceKind source, Func<ManagedIdentityOptions, ManagedIdentityOptions>? change = null)
    {
        var host = Emulator[source];
        Assert.Null(host.Problem);
        var options = new ManagedIdentityOptions { Environment = new ArcMachine(host.Variables, running.KeyDirectory) };
        return new ManagedIdentityClient(change?.Invoke(options) ?? options);
    }

    private static ManagedIdentity Named(ManagedIdentityKind kind, EmulatedIdentity identity) => kind switch
    {
        ManagedIdentityKind.ClientId => ManagedIdentity.FromClientId(identity.ClientId.ToString()),
        ManagedIdentityKind.ObjectId => ManagedIdentity.FromObjectId(identity.ObjectId.ToString()),
        ManagedIdentityKind.ResourceId => ManagedIdentity.FromResourceId(identity.ResourceId),
        _ => ManagedIdentity.SystemAssigned,
    };

    /// <summary>One emulator for the tests of this class; its key directory is nobody else's.</summary>
    public sealed class RunningEmulator : IAsyncLifetime
    {
        private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("keyless-arc-");

        public ManagedIdentityEmulator Emulator { get; private set; } = null!;

        public string KeyDirectory => _keys.FullName;

        public async ValueTask InitializeAsync() =>
            Emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { ArcKeyDirectory = KeyDirectory }, Cancellation);

        public async ValueTask DisposeAsync()
        {
            await Emulator.DisposeAsync();
            Assert.Empty(_keys.EnumerateFiles());
            _keys.Delete(recursive: true);
        }
    }

    private sealed class ArcMachine(IReadOnlyDictionary<string, string> variables, string keyDirectory) : MachineEnvironment
    {
        public override string ArcKeyDirectory => keyDirectory;

        public override string? GetVariable(string name) => variables.GetValueOrDefault(name);
    }
}
