using System.Globalization;
using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

/// <summary>docs/scale.md says what came out of the simulation, and that met its goals.</summary>
public sealed class ScalePageTests
{
    private static readonly Page Results = new("bench/results/fleet-simulation.md");

    [Fact]
    public void its_peaks_are_those_of_the_results()
    {
        var page = new Page("docs/scale.md").Table("").ToDictionary(static row => row[0], static row => row[1..], StringComparer.Ordinal);
        string[][] runs =
        [
            Row("Requests of", "24 h tokens", "Keyless"),
            Row("Requests of", "24 h tokens", "MSAL.NET's rules"),
            Row("Requests of", "24 h tokens, callers come singly", "MSAL.NET's rules"),
        ];

        Assert.Equal(runs.Select(static run => Peak(run[^1])), page["peak in the day after an outage"].Select(Peak));
        Assert.Equal(runs.Select(static run => Peak(run[^2])), page["peak during an outage"].Select(Peak));
        Assert.Equal(runs.Select(static run => Peak(run[^3])), page["peak in the day before"].Select(Peak));
    }

    [Fact]
    public void no_call_failed_while_a_token_lived_and_no_spike_followed_an_outage()
    {
        Assert.Equal("0", Row("Calls of", "24 h tokens", "Keyless")[^1]);
        Assert.InRange(Peak(Row("Requests of", "24 h tokens", "Keyless")[^1]), 1, 2);
    }

    private static string[] Row(string table, string scenario, string clients) =>
        Results.Table(table).Single(row => row[0] == scenario && row[2] == clients);

    private static double Peak(string cell) =>
        double.Parse(cell.Trim('*').Split(' ', '×')[0], NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
