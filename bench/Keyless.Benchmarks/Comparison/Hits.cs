using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Comparison;

/// <summary>A cached token by Keyless and by MSAL.NET, with few and many tokens beside it.</summary>
public class Hits
{
    private readonly MemoryHandler _handler = new();
    private string _resource = "";
    private string _sameText = "";
    private ManagedIdentityClient _client = null!;
    private ResourceTokens _handle = null!;
    private Msal.IManagedIdentityApplication _application = null!;
    private Microsoft.Identity.Client.IManagedIdentityApplication _msalNet = null!;

    [Params(1, 100, 10_000)]
    public int Cached { get; set; }

    [GlobalSetup(Targets = [nameof(Keyless), nameof(KeylessByText), nameof(KeylessHandle), nameof(KeylessMsal)])]
    public async Task FillKeylessAsync()
    {
        _client = KeylessCore.Create(_handler);
        TokenCache.Shared.Clear();
        _application = Contenders.KeylessMsal.Create(_handler);
        foreach (var resource in Name())
        {
            await _client.GetTokenAsync(resource);
            await _application.AcquireTokenForManagedIdentity(resource).ExecuteAsync();
        }

        _handle = _client.ForResource(_resource);
    }

    // Forced, so that filling it does not look through what is there already.
    [GlobalSetup(Target = nameof(MsalNet))]
    public async Task FillMsalNetAsync()
    {
        _msalNet = Contenders.MsalNet.Create(_handler);
        foreach (var resource in Name())
            await _msalNet.AcquireTokenForManagedIdentity(resource).WithForceRefresh(true).ExecuteAsync();
    }

    [Benchmark]
    public string Keyless() => Completed.Of(_client.GetTokenAsync(_resource)).Token;

    /// <summary>The same text twice in two objects: the client has to look it up each time.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public int KeylessByText() =>
        Completed.Of(_client.GetTokenAsync(_resource)).Token.Length + Completed.Of(_client.GetTokenAsync(_sameText)).Token.Length;

    [Benchmark]
    public string KeylessHandle() => Completed.Of(_handle.GetTokenAsync()).Token;

    [Benchmark]
    public string KeylessMsal() => Completed.Of(_application.AcquireTokenForManagedIdentity(_resource).ExecuteAsync()).AccessToken;

    [Benchmark(Baseline = true)]
    public string MsalNet() => Completed.Of(_msalNet.AcquireTokenForManagedIdentity(_resource).ExecuteAsync()).AccessToken;

    private string[] Name()
    {
        var names = Resources.Names(Cached);
        _resource = names[Cached / 2];
        _sameText = new string(_resource.AsSpan());
        return names;
    }
}
