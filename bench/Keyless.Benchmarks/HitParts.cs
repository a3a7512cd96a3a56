using BenchmarkDotNet.Attributes;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks;

/// <summary>What a hit is made of, and what it might be made of instead.</summary>
public class HitParts
{
    private const string Resource = "https://vault.azure.net";

    private readonly string _sameText = new(Resource.AsSpan());
    private ManagedIdentityClient _client = null!;
    private ResourceTokens _handle = null!;

    [GlobalSetup]
    public async Task FillAsync()
    {
        _client = KeylessCore.Create(new MemoryHandler());
        await _client.GetTokenAsync(Resource);
        _handle = _client.ForResource(Resource);
    }

    [Benchmark]
    public long TickCount() => Environment.TickCount64;

    [Benchmark]
    public DateTimeOffset WallClock() => TimeProvider.System.GetUtcNow();

    [Benchmark]
    public string Handle() => Completed.Of(_handle.GetTokenAsync()).Token;

    [Benchmark]
    public string Client() => Completed.Of(_client.GetTokenAsync(Resource)).Token;

    [Benchmark]
    public string ClientByText() => Completed.Of(_client.GetTokenAsync(_sameText)).Token;
}
