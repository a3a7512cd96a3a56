using System.Reflection;
using Keyless.Benchmarks.Comparison;
using Keyless.Benchmarks.Measurements;

namespace Keyless.Benchmarks.Results;

/// <summary>What follows the benchmarks: the one-shot measurements that belong to them, and the tables.</summary>
internal static class Reports
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(
        typeof(Reports).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ProjectDirectory").Value!,
        "..",
        ".."));

    public static async Task WriteAsync(MicroResults micro, TextWriter output)
    {
        var measure = new MeasurementProcess(micro.IsQuick);
        if (micro.Has(static type => type.Namespace == typeof(Hits).Namespace))
        {
            await WriteAsync(await ComparisonReport.CreateAsync(micro, measure), "comparison.md", IsWhole(micro), output);
            if (IsWhole(micro))
                await File.WriteAllTextAsync(Path.Combine(Root, "docs", "performance.svg"), new HitChart(micro).ToString());
        }

        if (micro.Has(static type => type == typeof(Scale)))
            await WriteAsync(await ScaleReport.CreateAsync(measure), "scale.md", keep: !micro.IsQuick, output);
        if (micro.Has(static type => type == typeof(Refresh)))
            await output.WriteLineAsync(await RefreshReport.CreateAsync(measure));
    }

    // Part of a table does not take the place of a whole one.
    private static bool IsWhole(MicroResults micro) =>
        !micro.IsQuick
        && micro.Find<Hits>(nameof(Hits.Keyless), 10_000) is not null
        && micro.Find<Hits>(nameof(Hits.MsalNet), 10_000) is not null
        && micro.Find<AzureIdentityHit>(nameof(AzureIdentityHit.AzureIdentity)) is not null;

    private static async Task WriteAsync(string report, string file, bool keep, TextWriter output)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(report);
        if (keep)
            await File.WriteAllTextAsync(Path.Combine(Root, "bench", "results", file), report);
        else
            await output.WriteLineAsync("Part of it, or run once each to see that it works: not kept.");
    }
}
