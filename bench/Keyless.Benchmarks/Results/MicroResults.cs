using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;

namespace Keyless.Benchmarks.Results;

/// <summary>One benchmark's outcome: the median of its iterations and the bytes that one operation allocates.</summary>
internal sealed record Micro(double Nanoseconds, long Bytes);

/// <summary>The outcomes of the benchmarks that have run.</summary>
internal sealed class MicroResults(IReadOnlyList<Summary> summaries)
{
    private readonly List<BenchmarkReport> _reports = [.. summaries.SelectMany(static summary => summary.Reports)];

    /// <summary>Whether they ran just once each, to see that they work.</summary>
    public bool IsQuick => _reports.Exists(static report => report.BenchmarkCase.Job.Run.RunStrategy == RunStrategy.ColdStart);

    public bool Has(Func<Type, bool> type) => _reports.Exists(report => type(report.BenchmarkCase.Descriptor.Type));

    /// <summary>The outcome of one method; null if it has not run.</summary>
    public Micro? Find<T>(string method, int? cached = null)
    {
        var report = _reports.Find(report =>
            report.BenchmarkCase.Descriptor.Type == typeof(T)
            && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method
            && (cached is null || report.BenchmarkCase.Parameters["Cached"] is int parameter && parameter == cached));
        return report?.ResultStatistics is { } statistics
            ? new Micro(statistics.Median, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0)
            : null;
    }
}
