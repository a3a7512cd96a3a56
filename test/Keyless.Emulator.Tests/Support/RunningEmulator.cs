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

    public EmulatedIdentity System => Emulator.Identities[0];

    public EmulatedIdentity Orders => Emulator.Identities[1];

    public EmulatedIdentity Billing => Emulator.Identities[2];

    public EmulatedHost this[SourceKind source] => Emulator[source];

    public async ValueTask InitializeAsync() =>
        _emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { ArcKeyDirectory = _directory.Path });

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
        _directory.Dispose();
    }
}
