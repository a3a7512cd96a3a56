using Keyless.Emulator.Tests.Support;

[assembly: AssemblyFixture(typeof(RunningEmulator))]

namespace Keyless.Emulator.Tests.Support;

/// <summary>One emulator for all tests that only ask: a signing key takes long to make.</summary>
public sealed class RunningEmulator : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ManagedIdentityEmulator? _emulator;

    public ManagedIdentityEmulator Emulator => _emulator ?? throw new InvalidOperationException("Not started.");

    public string ArcKeyDirectory => _directory.Path;

    public EmulatedIdentity Orders => Identity("orders");

    public EmulatedIdentity Billing => Identity("billing");

    public EmulatedHost this[SourceKind source] => Emulator[source];

    public EmulatedIdentity Identity(string name) => Emulator.Identities.Single(identity => identity.Name == name);

    public async ValueTask InitializeAsync() =>
        _emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { ArcKeyDirectory = _directory.Path, AdminPort = 0 });

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
        _directory.Dispose();
    }
}
