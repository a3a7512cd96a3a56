using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Transcripts;

/// <summary>The hosts that the transcripts are of, at a time that stands still.</summary>
public sealed class TranscribedMachine : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ManagedIdentityEmulator? _emulator;

    public ManagedIdentityEmulator Emulator => _emulator ?? throw new InvalidOperationException("Not started.");

    /// <summary>Where requests to a host go; to the issuer of tokens, if it is called authority.</summary>
    public Uri AddressOf(string host) => host == "authority" ? Emulator.Authority : HostOf(host)!.Endpoint;

    public EmulatedHost? HostOf(string name) => Emulator.Hosts.SingleOrDefault(host => host.Name == name);

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions
    {
        ArcKeyDirectory = _directory.Path,
        TimeProvider = new FakeClock(new DateTimeOffset(2026, 3, 15, 9, 26, 53, TimeSpan.Zero)),
        Identities = [new() { Name = "orders" }, new() { Name = "billing" }, new() { Name = "foreign" }],
        Applications = [new() { Name = "app", ClientId = new("6a1a0c1e-5a53-4b3c-9d39-2f4a4f1f2b10"), Secrets = ["not-a-secret-of-anybody"] }],
        Hosts =
        [
            new() { Name = "vm", Kind = HostKind.VirtualMachine, UserAssigned = ["orders"] },
            new() { Name = "vm-without", Kind = HostKind.VirtualMachine, SystemAssigned = false, UserAssigned = [] },
            new() { Name = "vm-with-one", Kind = HostKind.VirtualMachine, SystemAssigned = false, UserAssigned = ["orders"] },
            new() { Name = "vm-with-two", Kind = HostKind.VirtualMachine, SystemAssigned = false, UserAssigned = ["orders", "billing"] },
            new() { Name = "web", Kind = HostKind.AppService, UserAssigned = ["orders"] },
            new() { Name = "server", Kind = HostKind.AzureArc, UserAssigned = ["orders"] },
            new() { Name = "shell", Kind = HostKind.CloudShell },
            new() { Name = "app", Kind = HostKind.ServiceFabric, UserAssigned = ["orders"] },
            new() { Name = "compute", Kind = HostKind.MachineLearning, UserAssigned = ["orders"] },
        ],
    });

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
        _directory.Dispose();
    }
}
