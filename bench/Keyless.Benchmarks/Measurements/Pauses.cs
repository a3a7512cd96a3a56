using System.Diagnostics;
using System.Numerics;

namespace Keyless.Benchmarks.Measurements;

/// <summary>A caller who takes hits without end on a thread of its own and notes how long each took, whatever held it up.</summary>
internal sealed class Pauses(Func<bool> hit)
{
    private const int Steps = 16;

    private readonly long[] _counts = new long[64 * Steps];
    private Thread? _thread;
    private volatile bool _stopping;

    public long Hits { get; private set; }

    /// <summary>Hits that the cache could not answer at once.</summary>
    public long Misses { get; private set; }

    public TimeSpan Longest { get; private set; }

    public Pauses Start()
    {
        using var ready = new ManualResetEventSlim();
        _thread = new Thread(() => Run(ready));
        _thread.Start();
        ready.Wait();
        return this;
    }

    public void Stop()
    {
        _stopping = true;
        _thread?.Join();
    }

    /// <summary>The time within which this share of the hits was over, to a sixteenth.</summary>
    public TimeSpan Within(double share)
    {
        var left = (long)Math.Ceiling(Hits * (1 - share));
        for (var i = _counts.Length - 1; i >= 0; i--)
        {
            left -= _counts[i];
            if (left <= 0)
                return Stopwatch.GetElapsedTime(0, Top(i));
        }

        return TimeSpan.Zero;
    }

    private void Run(ManualResetEventSlim ready)
    {
        for (var i = 0; i < 100_000; i++)
            hit();
        ready.Set();

        // From the end of one to the end of the next, so that no pause falls between two measurements.
        var longest = 0L;
        for (var last = Stopwatch.GetTimestamp(); !_stopping;)
        {
            if (!hit())
                Misses++;
            var now = Stopwatch.GetTimestamp();
            _counts[Index(now - last)]++;
            longest = Math.Max(longest, now - last);
            Hits++;
            last = now;
        }

        Longest = Stopwatch.GetElapsedTime(0, longest);
    }

    // Sixteen steps for each doubling.
    private static int Index(long ticks)
    {
        if (ticks < Steps)
            return (int)Math.Max(ticks, 0);
        var shift = BitOperations.Log2((ulong)ticks) - 4;
        return ((shift + 1) * Steps) + (int)((ticks >> shift) - Steps);
    }

    private static long Top(int index) => index < Steps ? index : ((index % Steps) + Steps + 1L) << ((index / Steps) - 1);
}
