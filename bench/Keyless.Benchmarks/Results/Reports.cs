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
            await WriteAsync(await ComparisonReport.CreateAsync(micro, measure), "comparison.md", micro, output);
        if (micro.Has(static type => type == typeof(Scale)))
            await WriteAsync(await ScaleReport.CreateAsync(measure), "scale.md", micro, output);
        if (micro.Has(static type => type == typeof(Refresh)))
            await output.WriteLineAsync(await RefreshReport.CreateAsync(measure));
    }

    private static async Task WriteAsync(string report, string file, MicroResults micro, TextWriter output)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(report);
        if (micro.IsQuick)
            await output.WriteLineAsync("Run once each, to see that it works: these numbers say nothing and were not kept.");
        else
            await File.WriteAllTextAsync(Path.Combine(Root, "bench", "results", file), report);
    }
}
