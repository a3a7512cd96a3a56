using System.Diagnostics;
using System.Net.NetworkInformation;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.InProcess;

public sealed class ManyEmulatorsTests
{
    // A key takes long to make, so that not all of them issue tokens; all of them tell who asks.
    private const int Issuing = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_hundred_at_once_with_identities_of_their_own_mix_nothing_up()
    {
        var tokens = (await Task.WhenAll(Enumerable.Range(0, 100).Select(AskAsync))).OfType<string>().ToArray();

        Assert.Equal(Issuing, tokens.Length);
        Assert.Equal(Issuing, tokens.Distinct(StringComparer.Ordinal).Count());
    }

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

        // Other tests run beside this one, on threads of the pool, which comes and goes; a thread left behind each time would show.
        Assert.InRange(Threads() - before, int.MinValue, 40);
    }

    private static async Task<string?> AskAsync(int number)
    {
        var name = $"app{number}";
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions
            {
                OpenPorts = false,
                Hosts = [new() { Name = $"vm{number}", Kind = HostKind.VirtualMachine, UserAssigned = [name] }],
                Identities = [new() { Name = name }],
            },
            Cancellation);
        var host = Assert.Single(emulator.Hosts);
        var identity = emulator.Identities.Single(identity => identity.Name == name);
        var client = EmulatorHandlerTests.ClientOn(host, ManagedIdentity.FromClientId(identity.ClientId.ToString()));
        var resource = number < Issuing ? $"api://api{number}" : $"malformed{number}";

        var result = await client.TryGetTokenAsync(new TokenRequest(resource), Cancellation);

        var entry = Assert.Single(emulator.Journal.Entries);
        Assert.Equal((identity, resource, $"vm{number}"), (entry.Identity, entry.Resource, entry.Host));
        Assert.Equal(number < Issuing, result.Failure is null);
        if (result.Failure is not null)
            return null;

        var decoded = new DecodedToken(result.Token.Token);
        Assert.Equal(identity.ObjectId.ToString(), decoded.String("oid"));
        Assert.Equal(resource, decoded.String("aud"));
        return result.Token.Token;
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
