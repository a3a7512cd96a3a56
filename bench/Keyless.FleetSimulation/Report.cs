using System.Globalization;
using System.Text;

namespace Keyless.FleetSimulation;

/// <summary>The results as a page.</summary>
internal sealed class Report(IReadOnlyList<Result> results)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            # A fleet over a month

            ```sh
            dotnet run -c Release --project bench/Keyless.FleetSimulation
            ```

            Simulated, with seed {{results[0].Scenario.Seed}}: each run gives these numbers. What is assumed, and what they mean, is in
            [docs/scale.md](../../docs/scale.md). Unless a row says otherwise, the two outages last 2 h and {{results[0].Scenario.Callers}} callers come at a time.

            ## Calls


            """);
        Table(text, "| Calls of | Nodes × tokens | Clients | Calls | that waited | longest wait | that failed | of these while a token lived |", "|---|---|---|--:|--:|--:|--:|--:|", static result =>
            string.Create(CultureInfo.InvariantCulture, $"{result.Tally.Calls:#,0} | {result.Tally.Waited:#,0} | {TimeSpan.FromTicks(result.Tally.LongestWait).TotalSeconds:#,0.0} s | {result.Tally.Failed:#,0} | {result.Tally.FailedWhileAlive:#,0}"));
        text.Append(CultureInfo.InvariantCulture, $"""

            Calls are counted by their mean rate; those that find a fresh token need no simulation.

            ## Requests

            Peaks are those of any {Rates.Window} minutes, as a multiple of the mean to their left, which is taken from day 5 on, without the outages and
            the 24 hours after each. "After" looks at those 24 hours, "before" at the 24 hours before the first outage, "at the start" at the first two days from
            hour 3 on; of the two outages the higher peak counts.
            Needless are renewals of a token that was renewed while they waited for their turn.


            """);
        Table(
            text,
            "| Requests of | Nodes × tokens | Clients | Requests | to the provider | needless | Mean a minute, provider | Peak at the start | before | during | after |",
            "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
            static result => string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Tally.Requests:#,0} | {result.Tally.ProviderRequests:#,0} | {result.Tally.Duplicates:#,0} | {result.Rates.Mean:#,0.0} | ")
                + $"{Times(result.PeakAtStart)} | {Times(result.PeakBefore)} | {Times(result.PeakDuring)} | {Times(result.PeakAfter)}");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Times(double ratio) => ratio.ToString(ratio < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + "×";

    private void Table(StringBuilder text, string head, string line, Func<Result, string> cells)
    {
        text.Append(head).Append('\n').Append(line).Append('\n');
        foreach (var result in results)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {result.Scenario.Name} | {result.Scenario.Nodes:#,0} × {result.Scenario.Resources} | {result.Rules} | ")
                .Append(cells(result))
                .Append(" |\n");
        }
    }
}
