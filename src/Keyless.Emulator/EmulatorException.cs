namespace Keyless.Emulator;

/// <summary>The emulator could not start. The message names the option at fault and says what to do.</summary>
public sealed class EmulatorException : Exception
{
    /// <summary>Makes an exception with a text of its own.</summary>
    /// <param name="message">What was wrong, where it came from and what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public EmulatorException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
