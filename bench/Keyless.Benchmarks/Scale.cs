using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks;

/// <summary>A cached token among a great many. What a sweep of a full cache costs is measured after it, in a process of its own.</summary>
public class Scale
{
    private readonly MemoryHandler _handler = new();
    private ManagedIdentityClient _client = null!;
    private ResourceTokens _handle = null!;
    private string[] _resources = [];
    private string _resource = "";
    private string _sameText = "";
    private int _next;

    [Params(1, 100, 10_000, 100_000)]
    public int Cached { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _client = KeylessCore.Create(_handler);
        _resources = Resources.Names(Cached);
        foreach (var resource in _resources)
            await _client.GetTokenAsync(resource);
        _resource = _resources[Cached / 2];
        _sameText = new string(_resource.AsSpan());
        _handle = _client.ForResource(_resource);
    }

    [Benchmark(Baseline = true)]
    public string Client() => Completed.Of(_client.GetTokenAsync(_resource)).Token;

    [Benchmark]
    public string Handle() => Completed.Of(_handle.GetTokenAsync()).Token;

    /// <summary>The same text twice in two objects: the client has to look it up each time.</summary>
    [Benchmark(OperationsPerInvoke = 2)]
    public int ClientByText() =>
        Completed.Of(_client.GetTokenAsync(_resource)).Token.Length + Completed.Of(_client.GetTokenAsync(_sameText)).Token.Length;

    /// <summary>Another resource each time: with many, what is looked at is no longer in the processor's caches.</summary>
    [Benchmark]
    public string ClientInTurn()
    {
        // A stride that meets all of them, far apart.
        _next = (_next + 7919) % _resources.Length;
        return Completed.Of(_client.GetTokenAsync(_resources[_next])).Token;
    }
}
