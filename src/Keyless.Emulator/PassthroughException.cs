namespace Keyless.Emulator;

/// <summary>There is no real token. Its text goes to the client: it says what to do, and holds no secret.</summary>
public sealed class PassthroughException : Exception
{
    /// <summary>The error's name in an answer.</summary>
    internal const string Code = "passthrough_failed";

    /// <summary>Makes an exception with a text of its own.</summary>
    /// <param name="message">What was wrong and what to do.</param>
    /// <param name="mayPass">Whether the same request may succeed a little later without anybody's doing.</param>
    public PassthroughException(string message, bool mayPass = false)
        : base(message)
    {
        MayPass = mayPass;
    }

    /// <summary>Whether the same request may succeed a little later without anybody's doing.</summary>
    public bool MayPass { get; }

    /// <summary>400 is final to every client.</summary>
    internal int Status => MayPass ? 503 : 400;
}
