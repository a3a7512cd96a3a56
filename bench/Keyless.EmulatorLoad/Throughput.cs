using Keyless.Emulator;

namespace Keyless.EmulatorLoad;

/// <summary>Tokens a second, kept ones and freshly signed ones.</summary>
internal static class Throughput
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    public static async Task MeasureAsync(Report report)
    {
        foreach (var source in (SourceKind[])[SourceKind.AppService, SourceKind.Imds])
            report.Row($"kept tokens, {source}", $"{await MeasureAsync(source, reuse: true):#,0} a second");
        report.Row($"freshly signed tokens, {SourceKind.AppService}", $"{await MeasureAsync(SourceKind.AppService, reuse: false):#,0} a second");
    }

    private static async Task<double> MeasureAsync(SourceKind source, bool reuse)
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [source], ReuseTokens = reuse });
        await Load.RunAsync(emulator[source], TimeSpan.FromSeconds(2));
        return (await Load.RunAsync(emulator[source], Duration)).RequestsPerSecond;
    }
}
