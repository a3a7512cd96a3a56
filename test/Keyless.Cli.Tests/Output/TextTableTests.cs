using Keyless.Cli.Output;
using Keyless.Cli.Tests.Support;

namespace Keyless.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Fact]
    public void columns_are_aligned_and_numbers_end_under_each_other() => Assert.Equal(
        """
        Name    Address              Size
        a       https://a.test       1 ns
        longer  https://long.test  200 ns

        """,
        Written(width: null));

    [Fact]
    public void on_a_terminal_a_rule_divides_headings_from_rows()
    {
        var lines = Written(width: 40).Split('\n');

        Assert.Equal(new string('\u2500', lines[0].Length), lines[1]);
    }

    [Fact]
    public void what_may_fold_goes_below_its_row_where_the_page_is_narrow()
    {
        var text = Written(width: 20);

        Assert.Equal(
            """
            Name      Size
            ──────────────
            a         1 ns
              https://a.test
            longer  200 ns
              https://long.test

            """,
            text);
    }

    private static string Written(int? width)
    {
        using var writer = new SignallingWriter();
        var context = new ToolContext
        {
            Output = writer,
            Error = TextWriter.Null,
            OpenInput = () => Stream.Null,
            Environment = Tool.Machine(),
            OutputWidth = width,
        };
        var table = new TextTable(new Column("Name"), new Column("Address", MayFold: true), new Column("Size", AlignRight: true));
        table.Add("a", "https://a.test", "1 ns");
        table.Add("longer", "https://long.test", "200 ns");
        table.WriteTo(Page.OfOutput(context, noColor: true));
        return writer.Text;
    }
}
