namespace Keyless.Msal.Tests.Comparison;

/// <summary>The same source, compiled against MSAL.NET and against this library, behaves in the same way, or the difference is listed.</summary>
public sealed class ComparisonTests(CaseComparison comparison) : IClassFixture<CaseComparison>
{
    public static TheoryData<string> Groups() => [.. CaseComparison.Groups];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Every_difference_is_listed(string group)
    {
        var unlisted = comparison.Of(group).Where(found => !KnownDifferences.All.Any(known => known.Covers(found))).ToList();

        Assert.True(unlisted.Count == 0, $"{unlisted.Count} differences are not listed in KnownDifferences:\n{string.Join('\n', unlisted)}");
    }

    [Fact]
    public void Every_listed_difference_exists()
    {
        var gone =
            from known in KnownDifferences.All
            from row in known.Shows
            where !comparison.All.Any(found => (known with { Shows = [row] }).Covers(found))
            select $"{known.What}: {row}";

        Assert.True(!gone.Any(), $"These differences are listed and have not shown:\n{string.Join('\n', gone)}");
    }

    [Fact]
    public void There_are_many_cases() => Assert.InRange(comparison.Cases, 300, int.MaxValue);
}
