using Keyless.Emulator;
using Keyless.Emulator.Faults;
using Keyless.Testing;

namespace Keyless.Docs.Tests.Snippets;

public sealed class FaultsSnippets
{
    [Fact]
    public async Task a_throttled_host_is_waited_for()
    {
        var clock = new FakeClock();

        // begin-snippet: throttled-host
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        var web = emulator[SourceKind.AppService];
        web.Faults.Enqueue(Fault.TooManyRequests(retryAfter: TimeSpan.FromSeconds(2)), times: 2);

        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = web.Environment,
            TimeProvider = clock,
            Cache = new TokenCache(),
        });
        await clock.RunAsync(() => client.GetTokenAsync("https://vault.azure.net"), pause => pause < TimeSpan.FromSeconds(5));

        web.Journal.Verify(request => request.Leg == Leg.Token).Exactly(3).SpacedAtLeast(TimeSpan.FromSeconds(2));
        // end-snippet
    }
}
