namespace Keyless.Emulator.Journaling;

/// <summary>The requests were not those that were expected. The message lists them.</summary>
public sealed class JournalVerificationException : Exception
{
    /// <summary>Makes an exception with a text of its own.</summary>
    /// <param name="message">What was expected, and what there was.</param>
    public JournalVerificationException(string message)
        : base(message)
    {
    }

    internal JournalVerificationException(string message, IReadOnlyList<JournalMiss> nearest)
        : base(message) => Nearest = nearest;

    /// <summary>The requests that came nearest to a filter without being picked, the nearest first.</summary>
    /// <value>Empty where there are none, or where the filter is code, which cannot say what it missed.</value>
    public IReadOnlyList<JournalMiss> Nearest { get; } = [];
}

/// <summary>A request that a filter has not picked.</summary>
/// <param name="Request">The request.</param>
/// <param name="Differences">What differs, such as <c>status is 429, not 200</c>.</param>
public sealed record JournalMiss(JournalEntry Request, IReadOnlyList<string> Differences);
