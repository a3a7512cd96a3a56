using System.Globalization;
using System.Text;

namespace Keyless.Emulator.Journaling;

/// <summary>Requests as a small table for people.</summary>
internal static class JournalTable
{
    private const int MostRows = 40;
    private const int WidestCell = 48;

    private static readonly string[] Heads = ["#", "time", "gap", "host", "leg", "request", "status", "identity", "resource", "fault"];

    public static string Of(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0)
            return "  (no requests)";

        var skipped = Math.Max(0, entries.Count - MostRows);
        string[][] rows =
        [
            Heads,
            .. entries.Skip(skipped).Select((entry, i) => Row(entry, i + skipped == 0 ? null : entries[i + skipped - 1])),
        ];
        var shown = Enumerable.Range(0, Heads.Length).Where(column => rows.Skip(1).Any(row => row[column].Length > 0)).ToArray();
        var widths = shown.Select(column => rows.Max(row => row[column].Length)).ToArray();

        var text = new StringBuilder();
        foreach (var row in rows)
        {
            if (text.Length > 0)
                text.Append(Environment.NewLine);
            var line = string.Join("  ", shown.Select((column, i) => row[column].PadRight(widths[i])));
            text.Append("  ").Append(line.TrimEnd());
        }

        return skipped == 0 ? text.ToString() : $"{text}{Environment.NewLine}  (and {skipped} before these)";
    }

    private static string[] Row(JournalEntry entry, JournalEntry? before) =>
    [
        .. new[]
        {
            entry.Number.ToString(CultureInfo.InvariantCulture),
            entry.Time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
            before is null ? "" : $"+{Seconds(entry.Time - before.Time)}",
            entry.Host,
            entry.Leg.ToString(),
            $"{entry.Method} {entry.Path}",
            entry.Status?.ToString(CultureInfo.InvariantCulture) ?? (entry.WasAborted ? "gone" : "open"),
            entry.Identity?.Name ?? "",
            entry.Resource ?? "",
            entry.Fault ?? "",
        }.Select(Cut),
    ];

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static string Cut(string text) => text.Length <= WidestCell ? text : text[..(WidestCell - 1)] + "…";
}
