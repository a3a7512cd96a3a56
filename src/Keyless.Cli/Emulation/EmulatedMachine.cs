using Keyless.Cli.Commands;
using Keyless.Emulator;

namespace Keyless.Cli.Emulation;

/// <summary>A machine that has one emulated endpoint and none of this machine's variables.</summary>
/// <remarks>Whoever needs no emulator must not touch this class: loading the emulator takes time.</remarks>
internal sealed class EmulatedMachine : IAsyncDisposable
{
    private readonly ManagedIdentityEmulator _emulator;

    private EmulatedMachine(ManagedIdentityEmulator emulator, MachineEnvironment environment)
    {
        _emulator = emulator;
        Environment = environment;
    }

    public MachineEnvironment Environment { get; }

    /// <exception cref="ToolException">The emulator can't start, or not with this endpoint.</exception>
    public static async Task<EmulatedMachine> StartAsync(SourceKind source, Invocation call, CancellationToken cancellationToken)
    {
        var emulator = await EmulatorStart.RunOneAsync(HostDescription.For(source), call, cancellationToken);
        return new EmulatedMachine(emulator, emulator[source].Environment);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();
}
