using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>What a cached token holds of the heap, its text and everything around it; the name of its resource is the caller's.</summary>
internal static class Memory
{
    public const string Name = "memory";

    public static async Task RunAsync(string name, int tokens)
    {
        var contender = Contender.Create(name, new MemoryHandler());
        await contender.AcquireAsync("https://first.example");
        var resources = Resources.Names(tokens);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var resource in resources)
            await contender.AcquireAsync(resource);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        Measurement.Print("bytes", (double)held / tokens);
        GC.KeepAlive(contender);
        GC.KeepAlive(resources);
    }
}
