using Keyless.Interop.Calls;
using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Compatibility;
using Keyless.Interop.Tests.Support;

[assembly: AssemblyFixture(typeof(EmulatedPlatforms))]

namespace Keyless.Interop.Tests.Support;

/// <summary>One emulator of all platforms, and what each client got from each of them.</summary>
/// <remarks>A client runs once on each platform, when a test first asks, and makes all its calls there.</remarks>
public sealed class EmulatedPlatforms : IAsyncLifetime
{
    public const string Vault = "https://vault.azure.net";

    private static readonly string Nobody = Guid.Empty.ToString();

    private readonly Dictionary<(InteropClient Client, SourceKind Source), Task<Dictionary<TokenCall, TokenOutcome>>> _answers = [];
    private ServiceFabricTrust? _trust;

    public ManagedIdentityEmulator Emulator { get; private set; } = null!;

    /// <summary>The user-assigned identity that is asked for.</summary>
    public EmulatedIdentity Orders => Emulator.Identities.Single(static identity => identity.Name == "orders");

    public async ValueTask InitializeAsync()
    {
        Emulator = await ManagedIdentityEmulator.StartAsync(TestContext.Current.CancellationToken);
        _trust = await ServiceFabricTrust.LearnAsync(Emulator[SourceKind.ServiceFabric], TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _trust?.Dispose();
        if (Emulator is not null)
            await Emulator.DisposeAsync();
    }

    /// <summary>The host's own identity.</summary>
    public EmulatedIdentity SystemOf(SourceKind source) =>
        Emulator[source].AssignedIdentities.Single(static identity => identity.IsSystemAssigned);

    /// <summary>What a process on this host sees.</summary>
    public IReadOnlyDictionary<string, string> VariablesOf(SourceKind source) => source == SourceKind.ServiceFabric
        ? new Dictionary<string, string>(Emulator[source].Variables.Concat(_trust!.Variables), StringComparer.Ordinal)
        : Emulator[source].Variables;

    internal TokenCall CallFor(ManagedIdentityKind kind) => kind switch
    {
        ManagedIdentityKind.ClientId => new TokenCall(Vault, "client", Orders.ClientId.ToString()),
        ManagedIdentityKind.ObjectId => new TokenCall(Vault, "object", Orders.ObjectId.ToString()),
        ManagedIdentityKind.ResourceId => new TokenCall(Vault, "resource", Orders.ResourceId),
        _ => new TokenCall(Vault, "system", null),
    };

    /// <summary>A call for an identity that the host does not have.</summary>
    internal static TokenCall CallForNobody(SourceKind source) =>
        new(Vault, source == SourceKind.ServiceFabric ? "object" : "client", Nobody);

    /// <summary>A call for a resource that Entra would not understand.</summary>
    internal static TokenCall CallForNothing { get; } = new("no-such-api", "system", null);

    internal async Task<TokenOutcome> OutcomeOfAsync(InteropClient client, SourceKind source, TokenCall call)
    {
        client.Require();
        if (Emulator[source].Problem is { } problem)
            Assert.Skip(problem);

        return (await AnswersOfAsync(client, source))[call];
    }

    private Task<Dictionary<TokenCall, TokenOutcome>> AnswersOfAsync(InteropClient client, SourceKind source)
    {
        lock (_answers)
        {
            if (!_answers.TryGetValue((client, source), out var answers))
                _answers[(client, source)] = answers = AskAllAsync(client, source);
            return answers;
        }
    }

    private async Task<Dictionary<TokenCall, TokenOutcome>> AskAllAsync(InteropClient client, SourceKind source)
    {
        TokenCall[] calls = [CallForNobody(source), .. CompatibilityTable.Kinds.Select(CallFor), CallForNothing];
        var outcomes = await client.AskAsync(source, VariablesOf(source), calls);
        return calls.Zip(outcomes).ToDictionary(static pair => pair.First, static pair => pair.Second);
    }
}
