namespace Keyless.Emulator.Passthrough;

/// <summary>There is no real token, and the text says what to do.</summary>
/// <param name="message">What was wrong and what to do.</param>
/// <param name="mayPass">Whether the same request may succeed a little later without anybody's doing.</param>
internal sealed class PassthroughException(string message, bool mayPass = false) : Exception(message)
{
    public const string Code = "passthrough_failed";

    /// <summary>400 is final to every client.</summary>
    public int Status => mayPass ? 503 : 400;
}
