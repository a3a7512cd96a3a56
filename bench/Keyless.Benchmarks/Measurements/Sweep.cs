using System.Diagnostics;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>
/// A full cache to which tokens are added: what another caller's hits feel of it, beside the same additions to a cache that has room;
/// and what the one who adds feels.
/// </summary>
internal static class Sweep
{
    public const string Name = "sweep";

    private static readonly TimeSpan ToLaterExpiry = TimeSpan.FromSeconds(1.1);

    public static async Task RunAsync(int capacity)
    {
        var additions = capacity / 2;
        var full = await MeasureAsync("full", capacity, filled: capacity, additions);
        var roomy = await MeasureAsync("roomy", capacity * 4, filled: capacity, additions);
        if (full.Count > capacity || roomy.Count != capacity + additions + 1)
            throw new InvalidOperationException($"The caches hold {full} and {roomy}.");
    }

    private static async Task<TokenCache> MeasureAsync(string what, int capacity, int filled, int additions)
    {
        var cache = new TokenCache(capacity);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Handler = new MemoryHandler(), Cache = cache });
        foreach (var resource in Resources.Names(filled))
            await client.GetTokenAsync(resource);

        // What expires first goes first; expiries are whole seconds.
        await Task.Delay(ToLaterExpiry);
        const string Hot = "https://hot.example";
        var sameText = new string(Hot.AsSpan());
        await client.GetTokenAsync(Hot);
        await client.GetTokenAsync(sameText);

        GC.Collect();
        var turn = false;
        var pauses = new Pauses(() => IsComplete(client.GetTokenAsync((turn = !turn) ? Hot : sameText))).Start();
        var names = Resources.Names(additions, "added");
        var longest = TimeSpan.Zero;
        var started = Stopwatch.GetTimestamp();
        foreach (var resource in names)
        {
            var before = Stopwatch.GetTimestamp();
            await client.GetTokenAsync(resource);
            var elapsed = Stopwatch.GetElapsedTime(before);
            longest = elapsed > longest ? elapsed : longest;
        }

        var all = Stopwatch.GetElapsedTime(started);
        pauses.Stop();

        Measurement.Print($"{what}.added", additions);
        Measurement.Print($"{what}.hits", pauses.Hits);
        Measurement.Print($"{what}.misses", pauses.Misses);
        Measurement.Print($"{what}.p9999us", pauses.Within(0.9999).TotalMicroseconds);
        Measurement.Print($"{what}.longestus", pauses.Longest.TotalMicroseconds);
        Measurement.Print($"{what}.addus", all.TotalMicroseconds / additions);
        Measurement.Print($"{what}.longestaddus", longest.TotalMicroseconds);
        Measurement.Print($"{what}.count", cache.Count);
        return cache;
    }

    private static bool IsComplete(ValueTask<AccessToken> call) => call.IsCompletedSuccessfully;
}
