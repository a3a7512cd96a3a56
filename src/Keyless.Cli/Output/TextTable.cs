namespace Keyless.Cli.Output;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="AlignRight">Whether its texts end under each other, as numbers should.</param>
/// <param name="MayFold">Whether its texts may go below their rows where the page is too narrow for the whole table.</param>
internal sealed record Column(string Title, bool AlignRight = false, bool MayFold = false);

/// <summary>A text in a table, and what it is.</summary>
internal readonly record struct Cell(string Text, Ink Ink = Ink.Plain)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>An aligned table. The same text on a terminal and in a pipe, but for colours and the rule under the headings.</summary>
internal sealed class TextTable(params Column[] columns)
{
    private const int Gap = 2;
    private readonly List<Cell[]> _rows = [];

    public void Add(params Cell[] row) => _rows.Add(row);

    public void WriteTo(Page page)
    {
        var widths = Array.ConvertAll(columns, column => column.Title.Length);
        foreach (var row in _rows)
        {
            for (var at = 0; at < widths.Length; at++)
                widths[at] = Math.Max(widths[at], row[at].Text.Length);
        }

        var all = Enumerable.Range(0, columns.Length).ToArray();
        var inRow = WidthOf(all) <= page.Width ? all : [.. all.Where(at => !columns[at].MayFold)];
        var below = all.Except(inRow).ToArray();

        WriteRow(Array.ConvertAll(columns, column => new Cell(column.Title, Ink.Strong)));
        if (page.IsTerminal)
            page.Line(new string('\u2500', Math.Min(WidthOf(inRow), page.Width)), Ink.Faint);
        foreach (var row in _rows)
        {
            WriteRow(row);
            foreach (var at in below.Where(at => row[at].Text.Length > 0))
                page.Line(new string(' ', Gap) + page.Paint(row[at].Text, Ink.Faint));
        }

        int WidthOf(int[] chosen) => chosen.Sum(at => widths[at]) + (Gap * (chosen.Length - 1));

        void WriteRow(Cell[] row) => page.Line(string.Join(new string(' ', Gap), inRow.Select(at => Place(row[at], at))).TrimEnd());

        string Place(Cell cell, int at)
        {
            var padding = new string(' ', widths[at] - cell.Text.Length);
            var text = page.Paint(cell.Text, cell.Ink);
            return columns[at].AlignRight ? padding + text : text + padding;
        }
    }
}
