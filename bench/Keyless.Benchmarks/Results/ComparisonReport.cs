using System.Text;
using Keyless.Benchmarks.Measurements;

namespace Keyless.Benchmarks.Results;

/// <summary>The comparison as a page: how it was made, on what, and the table.</summary>
internal static class ComparisonReport
{
    public static async Task<string> CreateAsync(MicroResults micro, MeasurementProcess measure)
    {
        var text = new StringBuilder()
            .AppendLine("# Keyless beside MSAL.NET")
            .AppendLine()
            .AppendLine("```sh")
            .AppendLine("dotnet run -c Release --project bench/Keyless.Benchmarks -- --filter '*Comparison*'")
            .AppendLine("```")
            .AppendLine()
            .AppendLine(MachineText.Describe())
            .AppendLine()
            .AppendLine("Microsoft.Identity.Client 4.92.0 and Azure.Identity 1.21.0, in one run, on one machine. Tokens have 1,600 characters. Hits are")
            .AppendLine("medians of BenchmarkDotNet's iterations, in its process. What is counted, timed once or timed in turn has a process of its")
            .AppendLine("own; fetches are medians of 45 rounds of 1,000 each, and their ratio is the median of the rounds' ratios. Answers come from")
            .AppendLine("memory for hits and counts, and from another process over loopback for fetches and the fifty resources, there by each")
            .AppendLine("library's own transport. A ratio is MSAL.NET's cost over Keyless's, unless the row says otherwise. \"The clock")
            .AppendLine("alone\" is what a second thread adds on this machine to reading the tick counter, which uses no memory at all.")
            .AppendLine()
            .AppendLine("| What | Keyless | MSAL.NET | Ratio | Goal | |")
            .AppendLine("|---|---|---|---|---|---|");
        foreach (var row in HitRows.Create(micro))
            text.AppendLine(row.ToString());
        foreach (var row in await ConcurrencyRows.CreateAsync(measure))
            text.AppendLine(row.ToString());
        foreach (var row in await FetchRows.CreateAsync(measure))
            text.AppendLine(row.ToString());
        foreach (var row in await FirstTokenRows.CreateAsync(measure))
            text.AppendLine(row.ToString());
        foreach (var row in await MemoryRows.CreateAsync(measure))
            text.AppendLine(row.ToString());
        return text.ToString();
    }
}
