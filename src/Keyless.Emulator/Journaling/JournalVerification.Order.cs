namespace Keyless.Emulator.Journaling;

/// <content>What comes before what.</content>
public sealed partial class JournalVerification
{
    /// <summary>None of the requests came later than this.</summary>
    /// <param name="time">The last moment, by the emulator's clock.</param>
    /// <exception cref="JournalVerificationException">One did.</exception>
    public JournalVerification NothingAfter(DateTimeOffset time) => Require(
        _picked.All(entry => entry.Time <= time),
        () => $"Expected none of the {Picked} after {time.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}, but "
            + $"{Numbers(_picked.Where(entry => entry.Time > time))} came later.");

    /// <summary>None of the requests came later than the first of them that a filter picks, such as the one that succeeded.</summary>
    /// <param name="last">Picks the last request.</param>
    /// <exception cref="JournalVerificationException">One did, or the filter picks none.</exception>
    public JournalVerification NothingAfter(JournalFilter last)
    {
        ArgumentNullException.ThrowIfNull(last);
        var place = Array.FindIndex(_picked, last.Matches);
        if (place < 0)
        {
            throw JournalReport.OfMissing(
                $"Expected none of the {Picked} after the one where {last}, but there is no such one.", _picked, _picked, last, _seed);
        }

        return Require(
            place == _picked.Length - 1,
            () => $"Expected none of the {Picked} after #{_picked[place].Number}, where {last}, but {Numbers(_picked.Skip(place + 1))} came later.");
    }

    /// <summary>Among the requests there is one for each filter, in their order; others may lie between.</summary>
    /// <param name="filters">Pick one request each.</param>
    /// <exception cref="JournalVerificationException">One is missing, or not in its place.</exception>
    public JournalVerification InOrder(params Func<JournalEntry, bool>[] filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return InOrder(filters, (text, _, _) => Failure($"{text}."));
    }

    /// <summary>
    /// Among the requests there is one for each filter, in their order; others may lie between. Failures name what differs in those that
    /// come near.
    /// </summary>
    /// <param name="filters">Pick one request each.</param>
    /// <exception cref="JournalVerificationException">One is missing, or not in its place.</exception>
    public JournalVerification InOrder(params JournalFilter[] filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        return InOrder(
            [.. filters.Select(filter => (Func<JournalEntry, bool>)filter.Matches)],
            (text, missing, from) => JournalReport.OfMissing(
                $"{text}: {filters[missing]}.", _picked, _picked[from..], filters[missing], _seed));
    }

    private static string Numbers(IEnumerable<JournalEntry> entries) => string.Join(", ", entries.Select(entry => $"#{entry.Number}"));

    private JournalVerification InOrder(
        Func<JournalEntry, bool>[] filters, Func<string, int, int, JournalVerificationException> explain)
    {
        var at = 0;
        var found = new List<JournalEntry>();
        foreach (var filter in filters)
        {
            var place = Array.FindIndex(_picked, at, entry => filter(entry));
            if (place < 0)
            {
                throw explain(
                    $"Expected {filters.Length} requests in order among the {Picked}, but there is none for filter {found.Count + 1} "
                    + (found.Count == 0 ? "at all" : $"after {Numbers(found)}"),
                    found.Count,
                    at);
            }

            found.Add(_picked[place]);
            at = place + 1;
        }

        return this;
    }
}
