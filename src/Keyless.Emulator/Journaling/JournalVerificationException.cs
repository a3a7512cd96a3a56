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
}
