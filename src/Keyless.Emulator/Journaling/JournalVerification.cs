namespace Keyless.Emulator.Journaling;

/// <summary>Says what must hold of some requests; whatever does not hold throws, with a table of what there was.</summary>
/// <remarks>It goes by the requests that were in the journal when it was made. Times are those of the emulator's clock.</remarks>
public sealed class JournalVerification
{
    private readonly string _journal;
    private readonly IReadOnlyList<JournalEntry> _all;
    private readonly JournalEntry[] _picked;
    private readonly string _condition;
    private readonly JournalFilter? _structure;

    internal JournalVerification(
        string journal,
        IReadOnlyList<JournalEntry> all,
        Func<JournalEntry, bool> filter,
        string condition,
        JournalFilter? structure)
    {
        _journal = journal;
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

    private static string Several(int count) => count == 1 ? "1 request" : $"{count} requests";

    private JournalVerification Count(bool holds, string expected) =>
        holds ? this : throw Failure($"Expected {expected} to {_journal} where {_condition}, but there {(_picked.Length == 1 ? "was" : "were")} {_picked.Length}.");

    private JournalVerificationException Failure(string text) =>
        new(JournalReport.Of(text, _all, _picked, _structure));
}
