using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Measurements;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>The first token of a fresh process, in turn.</summary>
internal static class FirstTokenRows
{
    private const int Rounds = 9;

    public static async Task<IReadOnlyList<Row>> CreateAsync(MeasurementProcess measure)
    {
        var runs = new Dictionary<string, List<IReadOnlyDictionary<string, double>>>(StringComparer.Ordinal)
        {
            [WarmFetch.Bare] = [],
            [KeylessCore.Name] = [],
            [MsalNet.Name] = [],
        };
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, results) in runs)
                results.Add(await measure.RunAsync(FirstToken.Name, name));
        }

        return
        [
            new Row(
                "first token in a fresh process, compiled while it runs",
                Describe(KeylessCore.Name),
                Describe(MsalNet.Name),
                Ratio(Median(MsalNet.Name, "ns") / Median(KeylessCore.Name, "ns")),
                "≥ 1×",
                Median(KeylessCore.Name, "ns") <= Median(MsalNet.Name, "ns")),
            new Row(
                "the same by a bare `HttpMessageInvoker`",
                "",
                $"bare {Describe(WarmFetch.Bare)}",
                $"Keyless {Ratio(Median(KeylessCore.Name, "ns") / Median(WarmFetch.Bare, "ns"))} of the bare one"),
        ];

        string Describe(string name) =>
            Format($"{Nanoseconds(Median(name, "ns"))}, {Median(name, "methods"):#,0} methods compiled in {Nanoseconds(Median(name, "compilingns"))}");

        double Median(string name, string what) => runs[name].Select(run => run[what]).Order().ElementAt(Rounds / 2);
    }
}
