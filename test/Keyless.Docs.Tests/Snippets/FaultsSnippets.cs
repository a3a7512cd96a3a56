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

    [Fact]
    public async Task a_recorded_night_is_replayed()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var emulator = await ManagedIdentityEmulator.StartAsync(TestContext.Current.CancellationToken);
        var vm = emulator[SourceKind.Imds];
        vm.Faults.Enqueue(Fault.IdentityNotFound());
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = vm.Environment, Cache = new TokenCache() });
        await client.TryGetTokenAsync(new TokenRequest("https://vault.azure.net"), TestContext.Current.CancellationToken);
        await using (var night = File.Create(path))
            await vm.Journal.WriteJsonLinesAsync(night, TestContext.Current.CancellationToken);

        // begin-snippet: replay
        await using var file = File.OpenRead(path);    // written by: keyless journal export --format jsonl
        var recording = await FaultRecording.ReadAsync(file);

        vm.Faults.Replay(recording.From("vm"));
        // end-snippet

        File.Delete(path);
        var again = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = vm.Environment, Cache = new TokenCache() });
        var result = await again.TryGetTokenAsync(new TokenRequest("https://vault.azure.net"), TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.IdentityNotFound, result.Failure?.Kind);
    }
}
