using System.Diagnostics;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>Hits a second on two threads, each alone and both at once.</summary>
internal static class Threads
{
    public const string Name = "threads";

    /// <summary>No library at all, and no memory: what a second thread adds to reading the tick counter, the larger part of a hit.</summary>
    public const string Control = "control";

    private const string Resource = "https://vault.azure.net";

    private const int WarmUps = 12;
    private const int Rounds = 31;

    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(100);

    private static long _sink;

    public static async Task RunAsync(string name, bool quick)
    {
        Func<int, long> hit = ReadClock;
        if (name != Control)
        {
            var contender = Contender.Create(name, new MemoryHandler());
            await contender.AcquireAsync(Resource);
            hit = times => contender.Hit(Resource, times);
        }

        var times = Calibrate(hit, quick ? TimeSpan.FromMilliseconds(1) : RoundTime);
        using var first = new Lane(hit, times);
        using var second = new Lane(hit, times);
        List<double> one = [], two = [];
        for (var round = quick ? 0 : -WarmUps; round < (quick ? 1 : Rounds); round++)
        {
            // Threads are not alike: what both do at once is compared with what each does alone.
            first.Start();
            var alone = first.Wait();
            second.Start();
            alone += second.Wait();
            first.Start();
            second.Start();
            var together = first.Wait() + second.Wait();
            if (round < 0)
                continue;
            one.Add(alone / 2);
            two.Add(together);
        }

        Measurement.Print("one", Median(one));
        Measurement.Print("two", Median(two));
        Measurement.Print("gain", Median([.. two.Zip(one, static (both, alone) => both / alone)]));
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

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static long ReadClock(int times)
    {
        var sum = 0L;
        for (var i = 0; i < times; i++)
            sum += Environment.TickCount64;
        return sum;
    }

    /// <summary>A thread that makes a round of hits when it is told to.</summary>
    private sealed class Lane : IDisposable
    {
        private readonly SemaphoreSlim _start = new(0);
        private readonly SemaphoreSlim _end = new(0);
        private readonly Thread _thread;
        private double _hitsPerSecond;
        private volatile bool _disposed;

        public Lane(Func<int, long> hit, int times)
        {
            _thread = new Thread(() =>
            {
                while (true)
                {
                    _start.Wait();
                    if (_disposed)
                        return;
                    var started = Stopwatch.GetTimestamp();
                    Interlocked.Add(ref _sink, hit(times));
                    _hitsPerSecond = times / Stopwatch.GetElapsedTime(started).TotalSeconds;
                    _end.Release();
                }
            });
            _thread.Start();
        }

        public void Start() => _start.Release();

        public double Wait()
        {
            _end.Wait();
            return _hitsPerSecond;
        }

        public void Dispose()
        {
            _disposed = true;
            _start.Release();
            _thread.Join();
            _start.Dispose();
            _end.Dispose();
        }
    }
}
