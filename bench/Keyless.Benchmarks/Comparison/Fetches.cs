using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Comparison;

/// <summary>A token over a loopback connection that is open already: bare, by Keyless, by MSAL.NET.</summary>
public class Fetches
{
    private const string Resource = "https://vault.azure.net";

    private static readonly TokenRequest Forced = new(Resource) { ForceRefresh = true };

    private ResponderProcess _endpoint = null!;
    private BareFetch _bare = null!;
    private ManagedIdentityClient _client = null!;
    private Microsoft.Identity.Client.IManagedIdentityApplication _msalNet = null!;

    [GlobalSetup]
    public void Start()
    {
        _endpoint = ResponderProcess.Start();
        Platform.SetAppService(_endpoint.Root);
        _bare = new BareFetch(_endpoint.Root);
        _client = KeylessCore.Create(handler: null);
        _msalNet = Contenders.MsalNet.Create(handler: null);
    }

    [GlobalCleanup]
    public void Stop()
    {
        _bare.Dispose();
        _endpoint.Dispose();
        Platform.SetAppService();
    }

    [Benchmark(Baseline = true)]
    public Task<string> Bare() => _bare.GetAsync();

    [Benchmark]
    public async Task<string> Keyless() => (await _client.GetTokenAsync(Forced)).Token;

    [Benchmark]
    public async Task<string> MsalNet() =>
        (await _msalNet.AcquireTokenForManagedIdentity(Resource).WithForceRefresh(true).ExecuteAsync()).AccessToken;
}
