using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>One emulator for the tests of a class, which leave no fault behind: a signing key takes long to make.</summary>
public sealed class FaultyEmulator : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ManagedIdentityEmulator? _emulator;

    public FakeClock Clock { get; } = new();

    public ManagedIdentityEmulator Emulator => _emulator ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { TimeProvider = Clock, ArcKeyDirectory = _directory.Path, AllowFaultHeader = true });

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _directory.Dispose();
    }

    public void Clear()
    {
        Emulator.Faults.Clear();
        foreach (var host in Emulator.Hosts)
            host.Faults.Clear();
    }
}
