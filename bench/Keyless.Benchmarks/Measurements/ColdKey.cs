using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>A thousand callers who want one token that nobody has.</summary>
internal static class ColdKey
{
    public const string Name = "cold-key";
    public const int Callers = 1000;

    public static async Task RunAsync(string name)
    {
        using var handler = new MemoryHandler(delay: TimeSpan.FromMilliseconds(50));
        var contender = Contender.Create(name, handler);
        var tokens = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => contender.AcquireAsync("https://cold.example").AsTask())));

        Measurement.Print("requests", handler.Requests);
        Measurement.Print("tokens", tokens.Distinct(StringComparer.Ordinal).Count());
    }
}
