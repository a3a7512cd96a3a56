using System.Diagnostics;
using Keyless.Emulator;

namespace Keyless.EmulatorLoad;

/// <summary>From the call to the first answer that an emulator can give.</summary>
internal static class StartUp
{
    private const int Rounds = 50;

    public static async Task MeasureAsync(Report report)
    {
        var first = await StartAsync();
        var later = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
            later[i] = await StartAsync();
        Array.Sort(later);

        report.Row($"start of all six hosts, first in the process", $"{first:0} ms");
        report.Row($"start of all six hosts, warm, median and worst of {Rounds}", $"{later[Rounds / 2]:0.0} ms, {later[^1]:0.0} ms");
    }

    private static async Task<double> StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await using var emulator = await ManagedIdentityEmulator.StartAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
