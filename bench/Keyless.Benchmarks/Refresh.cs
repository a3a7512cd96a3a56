using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks;

/// <summary>
/// A token in its refresh window, whose renewal has brought the same token again, as the platforms' own caches do: it is handed out while
/// the next renewal is put off. What a thousand callers there cause is measured after it, in a process of its own.
/// </summary>
public class Refresh
{
    private const string Resource = "https://vault.azure.net";
    private const string Fresh = "https://fresh.example";

    private static readonly TimeSpan UntilStale = TimeSpan.FromSeconds(1.2);

    private readonly MemoryHandler _handler = new(refreshIn: 1, sameToken: true);
    private ManagedIdentityClient _client = null!;
    private ManagedIdentityClient _freshClient = null!;
    private ResourceTokens _handle = null!;
    private Msal.IManagedIdentityApplication _application = null!;

    [GlobalSetup]
    public async Task MakeStaleAsync()
    {
        _client = KeylessCore.Create(_handler);
        _freshClient = KeylessCore.Create(new MemoryHandler());
        TokenCache.Shared.Clear();
        _application = KeylessMsal.Create(_handler);
        _handle = _client.ForResource(Resource);
        await _handle.GetTokenAsync();
        await _freshClient.GetTokenAsync(Fresh);
        await _application.AcquireTokenForManagedIdentity(Resource).ExecuteAsync();
        await Task.Delay(UntilStale);
        var reason = (await _handle.GetTokenAsync()).Reason;
        if (reason != AcquisitionReason.RefreshAhead)
            throw new InvalidOperationException($"The token is not in its refresh window: {reason}.");
    }

    [Benchmark(Baseline = true)]
    public string FreshHit() => Completed.Of(_freshClient.GetTokenAsync(Fresh)).Token;

    [Benchmark]
    public string StaleHit() => Completed.Of(_client.GetTokenAsync(Resource)).Token;

    [Benchmark]
    public string StaleHandle() => Completed.Of(_handle.GetTokenAsync()).Token;

    [Benchmark]
    public string StaleKeylessMsal() => Completed.Of(_application.AcquireTokenForManagedIdentity(Resource).ExecuteAsync()).AccessToken;
}
