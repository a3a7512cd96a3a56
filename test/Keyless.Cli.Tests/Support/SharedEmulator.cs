using Keyless.Cli.Tests.Support;
using Keyless.Emulator;

[assembly: AssemblyFixture(typeof(SharedEmulator))]

namespace Keyless.Cli.Tests.Support;

/// <summary>One emulator for all tests that only ask it for tokens.</summary>
public sealed class SharedEmulator : IAsyncLifetime
{
    private readonly TemporaryDirectory _keys = new();

    public ManagedIdentityEmulator Emulator { get; private set; } = null!;

    public EmulatedIdentity Orders => Emulator.Identities.Single(identity => identity.Name == "orders");

    /// <summary>A machine on which a source's variables are set and the Azure Arc agent's key files can be read.</summary>
    public MachineEnvironment MachineWith(SourceKind source) => new KeyedMachine(Emulator[source].Variables, _keys.Path);

    public async ValueTask InitializeAsync() => Emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { ArcKeyDirectory = _keys.Path }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _keys.Dispose();
    }
}
