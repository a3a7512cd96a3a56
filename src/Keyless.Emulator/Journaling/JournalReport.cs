using System.Globalization;
using System.Text;

namespace Keyless.Emulator.Journaling;

/// <summary>The text of a verification that failed: what was expected, what there was, what came nearest, and the seed of the faults.</summary>
internal static class JournalReport
{
    private const int MostMisses = 5;

    /// <param name="headline">What was expected.</param>
    /// <param name="all">The requests that there are.</param>
    /// <param name="picked">Those among them that it is about.</param>
    /// <param name="filter">What picked them. Null: code, which cannot say what differs.</param>
    /// <param name="seed">What the randomness of faults began with.</param>
    public static JournalVerificationException Of(
        string headline, IReadOnlyList<JournalEntry> all, IReadOnlyList<JournalEntry> picked, JournalFilter? filter, int seed)
    {
        var text = new StringBuilder(headline);
        if (picked.Count > 0)
            Section(text, "Picked:", JournalTable.Of(picked));

        var others = all.Except(picked).ToArray();
        if (others.Length == 0 && picked.Count == 0)
            text.AppendLine().AppendLine().Append("The journal is empty.");
        if (others.Length == 0)
            return End(text, seed);
        if (filter is not null)
            return WithMisses(text, "Nearest misses:", others, filter, seed);

        Section(text, "Not picked:", JournalTable.Of(others));
        return End(text, seed);
    }

    /// <param name="headline">What was expected.</param>
    /// <param name="picked">The requests that it is about.</param>
    /// <param name="candidates">Those among them of which one was to fit.</param>
    /// <param name="filter">What it was to fit.</param>
    /// <param name="seed">What the randomness of faults began with.</param>
    public static JournalVerificationException OfMissing(
        string headline, IReadOnlyList<JournalEntry> picked, IReadOnlyList<JournalEntry> candidates, JournalFilter filter, int seed)
    {
        var text = new StringBuilder(headline);
        Section(text, "Picked:", JournalTable.Of(picked));
        return candidates.Count > 0 ? WithMisses(text, "Nearest misses of that filter:", candidates, filter, seed) : End(text, seed);
    }

    // Those that differ least come first, and of these the latest: it is the one that the test was about.
    private static JournalVerificationException WithMisses(
        StringBuilder text, string head, IEnumerable<JournalEntry> entries, JournalFilter filter, int seed)
    {
        JournalMiss[] nearest =
        [
            .. entries
                .Select(entry => new JournalMiss(entry, [.. filter.Differences(entry)]))
                .OrderBy(miss => miss.Differences.Count)
                .ThenByDescending(miss => miss.Request.Number)
                .Take(MostMisses),
        ];
        var differences = nearest.Select(miss => $"  #{miss.Request.Number}: {string.Join("; ", miss.Differences)}");
        var table = JournalTable.Of([.. nearest.Select(miss => miss.Request).OrderBy(entry => entry.Number)]);
        Section(text, head, $"{string.Join(Environment.NewLine, differences)}{Environment.NewLine}{Environment.NewLine}{table}");
        return End(text, seed, nearest);
    }

    private static JournalVerificationException End(StringBuilder text, int seed, params JournalMiss[] nearest) => new(
        text.AppendLine().AppendLine()
            .Append(CultureInfo.InvariantCulture, $"The seed was {seed}: as {nameof(EmulatorOptions)}.{nameof(EmulatorOptions.Seed)} it repeats what the faults did.")
            .ToString(),
        nearest);

    private static void Section(StringBuilder text, string head, string body) =>
        text.AppendLine().AppendLine().AppendLine(head).Append(body);
}
