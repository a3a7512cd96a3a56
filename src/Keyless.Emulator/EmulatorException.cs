namespace Keyless.Emulator;

/// <summary>The emulator could not start, or a change of it could not be made. The message names the option at fault and says what to do.</summary>
public sealed class EmulatorException : Exception
{
    /// <summary>Makes an exception with a text of its own.</summary>
    /// <param name="message">What was wrong, where it came from and what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public EmulatorException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The option at fault, such as <c>Hosts[web].Port</c>. Null: none in particular.</summary>
    internal string? Option { get; private init; }

    /// <summary>What is wrong with the option, without its name.</summary>
    internal string? Reason { get; private init; }

    /// <summary>An option has a value that cannot be used.</summary>
    internal static EmulatorException Of(string option, string reason) =>
        new($"{nameof(EmulatorOptions)}.{option} {reason}") { Option = option, Reason = reason };
}
