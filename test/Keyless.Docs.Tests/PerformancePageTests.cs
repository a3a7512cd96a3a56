using Keyless.Docs.Tests.Pages;

namespace Keyless.Docs.Tests;

/// <summary>docs/performance.md shows what was measured, and explains every goal that was missed.</summary>
public sealed class PerformancePageTests
{
    private const string PageName = "docs/performance.md";

    private static readonly Page Results = new("bench/results/comparison.md");

    [Fact]
    public void its_table_is_that_of_the_results() =>
        Written.Check(PageName, "comparison", string.Join('\n', Results.Text.Split('\n').Where(static line => line.StartsWith('|'))));

    [Fact]
    public void a_goal_that_was_missed_has_its_reason()
    {
        var reasons = new Page(PageName).Text.Split("## What is missed").ElementAtOrDefault(1) ?? "";

        foreach (var missed in Results.Table("What").Where(static row => row[^1] == "**missed**"))
            Assert.Contains(missed[0], reasons, StringComparison.Ordinal);
    }
}
