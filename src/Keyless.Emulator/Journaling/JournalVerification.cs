using System.Globalization;

namespace Keyless.Emulator.Journaling;

/// <summary>Says what must hold of some requests; whatever does not hold throws, with a table of what there was.</summary>
/// <remarks>It goes by the requests that were in the journal when it was made. Times are those of the emulator's clock.</remarks>
public sealed partial class JournalVerification
{
    private readonly string _journal;
    private readonly int _seed;
    private readonly IReadOnlyList<JournalEntry> _all;
    private readonly JournalEntry[] _picked;
    private readonly string _condition;
    private readonly JournalFilter? _structure;

    internal JournalVerification(
        string journal,
        int seed,
        IReadOnlyList<JournalEntry> all,
        Func<JournalEntry, bool> filter,
        string condition,
        JournalFilter? structure)
    {
        _journal = journal;
        _seed = seed;
        _all = all;
        _picked = [.. all.Where(filter)];
        _condition = condition;
        _structure = structure;
    }

    /// <summary>The requests that it is about, in the order of their arrival.</summary>
    public IReadOnlyList<JournalEntry> Requests => _picked;

    /// <summary>There are so many requests.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="JournalVerificationException">There are more or fewer.</exception>
    public JournalVerification Exactly(int count) => Count(_picked.Length == count, $"exactly {Several(count)}");

    /// <summary>There are so many requests or more.</summary>
    /// <param name="count">The fewest.</param>
    /// <exception cref="JournalVerificationException">There are fewer.</exception>
    public JournalVerification AtLeast(int count) => Count(_picked.Length >= count, $"at least {Several(count)}");

    /// <summary>There are so many requests or fewer.</summary>
    /// <param name="count">The most.</param>
    /// <exception cref="JournalVerificationException">There are more.</exception>
    public JournalVerification AtMost(int count) => Count(_picked.Length <= count, $"at most {Several(count)}");

    /// <summary>The number of requests is one of these.</summary>
    /// <param name="fewest">The fewest.</param>
    /// <param name="most">The most.</param>
    /// <exception cref="JournalVerificationException">There are more or fewer.</exception>
    public JournalVerification Between(int fewest, int most) =>
        Count(_picked.Length >= fewest && _picked.Length <= most, $"{fewest} to {Several(most)}");

    /// <summary>There is no such request.</summary>
    /// <exception cref="JournalVerificationException">There is one.</exception>
    public JournalVerification Never() => Count(_picked.Length == 0, "no request");

    /// <summary>Each request came at least so long after the one before, counted from arrival to arrival.</summary>
    /// <param name="gap">The shortest gap.</param>
    /// <exception cref="JournalVerificationException">A gap is shorter.</exception>
    public JournalVerification SpacedAtLeast(TimeSpan gap) => Require(
        Gaps().All(found => found >= gap),
        () => $"Expected gaps of at least {JournalTable.Seconds(gap)} between the {Picked}, but they are {Texts(Gaps())}.");

    /// <summary>The gaps between the requests are about these, counted from arrival to arrival.</summary>
    /// <param name="tolerance">By what part a gap may be off: 0.2 for 20 %.</param>
    /// <param name="gaps">The gaps, one fewer than there are requests.</param>
    /// <exception cref="JournalVerificationException">There are more gaps or fewer, or one is off by more.</exception>
    public JournalVerification SpacedAbout(double tolerance, params TimeSpan[] gaps)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var found = Gaps();
        return Require(
            found.Length == gaps.Length && found.Zip(gaps).All(pair => (pair.First - pair.Second).Duration() <= pair.Second * tolerance),
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"Expected gaps of about {Texts(gaps)} (give or take {tolerance * 100:0.##} %) "
                + $"between the {Picked}, but they are {Texts(found)}."));
    }

    /// <summary>No more of the requests than this were being answered at once.</summary>
    /// <param name="count">The most.</param>
    /// <exception cref="JournalVerificationException">There were more.</exception>
    public JournalVerification PeakConcurrencyAtMost(int count)
    {
        // Of two that meet in one instant, the one that ends makes room for the one that begins.
        var steps = _picked.SelectMany(entry => new[] { (At: entry.Begin, By: 1), (At: entry.End, By: -1) })
            .OrderBy(step => step.At)
            .ThenBy(step => step.By);
        var (now, peak) = (0, 0);
        foreach (var (_, by) in steps)
            peak = Math.Max(peak, now += by);
        return Require(peak <= count, () => $"Expected at most {count} at once of the {Picked}, but there were {peak}.");
    }

    private string Picked => $"requests to {_journal} where {_condition}";

    private static string Several(int count) => count == 1 ? "1 request" : $"{count} requests";

    private static string Texts(TimeSpan[] gaps) =>
        gaps.Length == 0 ? "none" : string.Join(", ", gaps.Select(JournalTable.Seconds));

    private TimeSpan[] Gaps() => [.. _picked.Skip(1).Zip(_picked, (entry, before) => entry.Time - before.Time)];

    private JournalVerification Count(bool holds, string expected) => Require(
        holds,
        () => $"Expected {expected} to {_journal} where {_condition}, but there "
            + $"{(_picked.Length == 1 ? "was" : "were")} {_picked.Length}.");

    private JournalVerification Require(bool holds, Func<string> explain) => holds ? this : throw Failure(explain());

    private JournalVerificationException Failure(string text) => JournalReport.Of(text, _all, _picked, _structure, _seed);
}
