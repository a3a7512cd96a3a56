using Keyless.Emulator;

namespace Keyless.EmulatorLoad;

/// <summary>What memory the emulator holds while a great many requests come in.</summary>
internal static class LongRun
{
    private const double Megabyte = 1024 * 1024;
    private const int Samples = 5;

    public static async Task MeasureAsync(Report report, int requests)
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.AppService] });
        var host = emulator[SourceKind.AppService];

        var served = 0L;
        for (var sample = 1; sample <= Samples; sample++)
        {
            while (served < (long)requests * sample / Samples)
                served += (await Load.RunAsync(host, TimeSpan.FromSeconds(2))).Requests;

            var held = GC.GetTotalMemory(forceFullCollection: true) / Megabyte;
            var resident = Environment.WorkingSet / Megabyte;
            report.Row($"memory after {served:#,0} requests", $"{held:0.0} MB on the heap, {resident:0} MB resident");
        }
    }
}
