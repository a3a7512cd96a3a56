using System.Text;
using Keyless.Benchmarks.Measurements;
using static Keyless.Benchmarks.Results.Numbers;

namespace Keyless.Benchmarks.Results;

/// <summary>What a full cache costs those who only want their token, and those who add one.</summary>
internal static class ScaleReport
{
    public static async Task<string> CreateAsync(MeasurementProcess measure)
    {
        var sweep = await measure.RunAsync(Sweep.Name);
        var text = new StringBuilder()
            .AppendLine("# A full cache")
            .AppendLine()
            .AppendLine("```sh")
            .AppendLine("dotnet run -c Release --project bench/Keyless.Benchmarks -- --filter '*Scale*'")
            .AppendLine("```")
            .AppendLine()
            .AppendLine(MachineText.Describe())
            .AppendLine()
            .AppendLine("Tokens are added to a cache that is full, and to one of the same size that has room, while another thread takes the")
            .AppendLine("same cached token without end. Its pauses are whatever held it up: the cache, the collector, other processes.")
            .AppendLine()
            .AppendLine("| | Full: swept | With room |")
            .AppendLine("|---|---|---|");
        Row("tokens added", "added", static n => Format($"{n:#,0}"));
        Row("tokens in the end", "count", static n => Format($"{n:#,0}"));
        Row("hits meanwhile", "hits", static n => Format($"{n:#,0}"));
        Row("of these not answered at once", "misses", static n => Format($"{n:#,0}"));
        Row("a hit, 99.99 %", "p9999us", static n => Format($"{n:0.00} µs"));
        Row("a hit, the longest", "longestus", static n => Format($"{n:#,0} µs"));
        Row("an addition, on average", "addus", static n => Format($"{n:0.0} µs"));
        Row("an addition, the longest", "longestaddus", static n => Format($"{n:#,0} µs"));
        return text.ToString();

        void Row(string what, string name, Func<double, string> format) =>
            text.AppendLine(Format($"| {what} | {format(sweep[$"full.{name}"])} | {format(sweep[$"roomy.{name}"])} |"));
    }
}
