using System.Diagnostics;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>Fifty resources wanted at once, as a service does that starts; the endpoint takes 50 ms for each. By the library's own transport.</summary>
internal static class ColdResources
{
    public const string Name = "cold-resources";
    public const string AppService = "appservice";
    public const string Imds = "imds";
    public const int Count = 50;

    public static async Task RunAsync(string name, string source, int rounds)
    {
        using var endpoint = ResponderProcess.Start(TimeSpan.FromMilliseconds(50));
        if (source == Imds)
            Platform.SetImds(endpoint.Root);
        else
            Platform.SetAppService(endpoint.Root);

        // The compiler's work is done for another resource before.
        var contender = Contender.Create(name);
        await contender.AcquireAsync("https://warm.example");
        var before = await endpoint.CountAsync();

        var times = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var resources = Resources.Names(Count, $"round-{round}");
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(resources.Select(resource => contender.AcquireAsync(resource).AsTask()));
            times[round] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        Measurement.Print("milliseconds", times[rounds / 2]);
        Measurement.Print("requests", (double)(await endpoint.CountAsync() - before) / rounds);
    }
}
