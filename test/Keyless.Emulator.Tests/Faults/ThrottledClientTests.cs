using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>The ten lines that this is all for: a fault, a client, and what the client made of it.</summary>
public sealed class ThrottledClientTests
{
    [Fact]
    public async Task a_client_waits_as_long_as_a_throttled_host_says()
    {
        var clock = new FakeClock();
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.AppService], TimeProvider = clock }, TestContext.Current.CancellationToken);
        var web = emulator[SourceKind.AppService];
        web.Faults.Enqueue(Fault.TooManyRequests(retryAfter: TimeSpan.FromSeconds(2)), times: 2);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = new EmulatedMachine(web.Variables, ""),
            Cache = new TokenCache(),
            TimeProvider = clock,
        });

        // The timeouts of an attempt and of the whole are timers as well: 10 s and 30 s.
        var run = await clock.RunAsync(
            () => client.GetTokenAsync(HostCalls.Vault, TestContext.Current.CancellationToken),
            delay => delay < TimeSpan.FromSeconds(5),
            TestContext.Current.CancellationToken);

        Assert.NotEmpty(run.Result.Token);
        Assert.Equal(2, run.Pauses.Count);
        Assert.All(run.Pauses, pause => Assert.True(pause >= TimeSpan.FromSeconds(2)));
        Assert.Empty(web.Faults.Queue);
    }
}
