using System.Diagnostics;
using System.Net.NetworkInformation;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.InProcess;

[Collection(nameof(DisposalTests))]
[CollectionDefinition(nameof(DisposalTests), DisableParallelization = true)] // It counts the threads of the whole process.
public sealed class DisposalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task disposing_leaves_no_port_and_no_file()
    {
        using var directory = new TemporaryDirectory();
        var ports = new List<int>();
        for (var round = 0; round < 5; round++)
        {
            await using var emulator = await ManagedIdentityEmulator.StartAsync(
                new EmulatorOptions { ArcKeyDirectory = directory.Path }, Cancellation);
            await emulator[SourceKind.AzureArc].ChallengeAsync();
            ports.AddRange(emulator.Hosts.Select(host => host.Endpoint.Port).Append(emulator.Authority.Port));
            Assert.Superset(ports.TakeLast(7).ToHashSet(), Listening());
        }

        Assert.Empty(directory.Files);
        Assert.DoesNotContain(ports, Listening().Contains);
    }

    [Fact]
    public async Task fifty_starts_and_stops_leave_no_thread()
    {
        using var directory = new TemporaryDirectory();
        await StartAndStopAsync(directory.Path);
        var before = Threads();

        for (var round = 0; round < 50; round++)
            await StartAndStopAsync(directory.Path);

        // The pool's threads come and go; one left behind each time would show.
        Assert.InRange(Threads() - before, int.MinValue, 40);
    }

    private static async Task StartAndStopAsync(string directory)
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { ArcKeyDirectory = directory }, Cancellation);
        await emulator[SourceKind.Imds].GetAsync("");
    }

    private static HashSet<int> Listening() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(endpoint => endpoint.Port)];

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
