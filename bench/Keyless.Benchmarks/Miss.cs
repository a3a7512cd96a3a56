using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks;

/// <summary>A token from the endpoint, over a connection that is open already.</summary>
public class Miss
{
    private static readonly TokenRequest Forced = new("https://vault.azure.net") { ForceRefresh = true };

    private readonly MemoryHandler _memory = new();
    private ResponderProcess _endpoint = null!;
    private BareFetch _bare = null!;
    private ManagedIdentityClient _client = null!;
    private ManagedIdentityClient _fromMemory = null!;
    private string[] _resources = [];
    private int _next;

    [GlobalSetup]
    public void Start()
    {
        _endpoint = ResponderProcess.Start();
        Platform.SetAppService(_endpoint.Root);
        _bare = new BareFetch(_endpoint.Root);
        _client = KeylessCore.Create(handler: null);
        _fromMemory = KeylessCore.Create(_memory);
        _resources = Resources.Names(100_000, "cold");
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
    public async Task<string> ForcedRefresh() => (await _client.GetTokenAsync(Forced)).Token;

    /// <summary>A resource that was not asked for before: the handle and the places in the caches are part of it.</summary>
    [Benchmark]
    public async Task<string> NewResource()
    {
        _next = _next + 1 < _resources.Length ? _next + 1 : 0;
        return (await _client.GetTokenAsync(new TokenRequest(_resources[_next]) { ForceRefresh = true })).Token;
    }

    /// <summary>The same without the network: what the client itself adds, and an answer made for each call.</summary>
    [Benchmark]
    public async Task<string> FromMemory() => (await _fromMemory.GetTokenAsync(Forced)).Token;

    /// <summary>What answering from memory costs, to be taken off the one above.</summary>
    [Benchmark]
    public byte[] AnswerInMemory() => Answers.Body(1);
}
