using System.Diagnostics;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>Hits a second on one thread and on two of their own, which start together.</summary>
internal static class Threads
{
    public const string Name = "threads";

    /// <summary>No library at all: what this machine's second core adds to a loop of arithmetic.</summary>
    public const string Control = "control";

    private const string Resource = "https://vault.azure.net";

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(250);

    private static long _sink;

    public static async Task RunAsync(string name, bool quick)
    {
        Func<int, long> hit = Arithmetic;
        if (name != Control)
        {
            var contender = Contender.Create(name, new MemoryHandler());
            await contender.AcquireAsync(Resource);
            hit = times => contender.Hit(Resource, times);
        }

        var times = Calibrate(hit, quick ? TimeSpan.FromMilliseconds(1) : RoundTime);
        double one = 0, two = 0;
        for (var round = 0; round < (quick ? 1 : 9); round++)
        {
            // The best of each: whatever else runs on the machine only takes away.
            one = Math.Max(one, Measure(hit, threads: 1, times));
            two = Math.Max(two, Measure(hit, threads: 2, times));
        }

        Measurement.Print("one", one);
        Measurement.Print("two", two);
    }

    private static int Calibrate(Func<int, long> hit, TimeSpan round)
    {
        // Long enough for the compiler to have done its best.
        for (var i = 0; i < 50; i++)
            _sink += hit(2_000);
        Thread.Sleep(200);
        for (var times = 1_000; ; times *= 2)
        {
            var started = Stopwatch.GetTimestamp();
            _sink += hit(times);
            if (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed >= round / 4)
                return (int)(times * (round / elapsed));
        }
    }

    private static double Measure(Func<int, long> hit, int threads, int times)
    {
        using var line = new Barrier(threads + 1);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            line.SignalAndWait();
            Interlocked.Add(ref _sink, hit(times));
            line.SignalAndWait();
        })).ToList();
        workers.ForEach(static worker => worker.Start());

        line.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        line.SignalAndWait();
        var elapsed = Stopwatch.GetElapsedTime(started);
        workers.ForEach(static worker => worker.Join());
        return threads * times / elapsed.TotalSeconds;
    }

    private static long Arithmetic(int times)
    {
        var state = 1UL;
        for (var i = 0; i < times; i++)
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
        return (long)(state & 1);
    }
}
