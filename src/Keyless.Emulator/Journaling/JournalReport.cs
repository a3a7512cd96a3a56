using System.Globalization;
using System.Text;

namespace Keyless.Emulator.Journaling;

/// <summary>The text of a failed verification: what was expected, what was picked, and what came near.</summary>
internal static class JournalReport
{
    private const int MostMisses = 5;

    public static string Of(
        string headline, IReadOnlyList<JournalEntry> all, IReadOnlyList<JournalEntry> picked, JournalFilter? filter, int seed)
    {
        var text = new StringBuilder(headline);
        Describe(text, all, picked, filter);
        return text.AppendLine().AppendLine()
            .Append(CultureInfo.InvariantCulture, $"The seed was {seed}: as {nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Seed)} it repeats what the faults did.")
            .ToString();
    }

    private static void Describe(
        StringBuilder text, IReadOnlyList<JournalEntry> all, IReadOnlyList<JournalEntry> picked, JournalFilter? filter)
    {
        if (picked.Count > 0)
            Section(text, "Picked:", JournalTable.Of(picked));

        var others = all.Except(picked).ToArray();
        if (others.Length == 0 && picked.Count == 0)
            text.AppendLine().AppendLine().Append("The journal is empty.");
        if (others.Length == 0)
            return;

        if (filter is null)
            Section(text, "Not picked:", JournalTable.Of(others));
        else
            Section(text, "Nearest misses:", Misses(others, filter));
    }

    private static void Section(StringBuilder text, string head, string body) =>
        text.AppendLine().AppendLine().AppendLine(head).Append(body);

    // Those that differ least come first, and of these the latest: it is the one that the test was about.
    private static string Misses(IEnumerable<JournalEntry> entries, JournalFilter filter)
    {
        var nearest = entries
            .Select(entry => new { Entry = entry, Differences = filter.Differences(entry).ToArray() })
            .OrderBy(miss => miss.Differences.Length)
            .ThenByDescending(miss => miss.Entry.Number)
            .Take(MostMisses)
            .ToArray();
        var differences = nearest.Select(miss => $"  #{miss.Entry.Number}: {string.Join("; ", miss.Differences)}");
        return $"{string.Join(Environment.NewLine, differences)}{Environment.NewLine}{Environment.NewLine}"
            + JournalTable.Of([.. nearest.Select(miss => miss.Entry).OrderBy(entry => entry.Number)]);
    }
}
