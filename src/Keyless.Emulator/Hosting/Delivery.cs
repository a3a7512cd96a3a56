namespace Keyless.Emulator.Hosting;

/// <summary>How the bytes of an answer are sent, where that is not plainly.</summary>
/// <param name="Manner">What happens to the connection.</param>
internal sealed record Delivery(DeliveryManner Manner)
{
    /// <summary>How long a drip waits before each portion.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How many bytes a drip sends at once.</summary>
    public int Portion { get; init; } = 1;
}

/// <summary>What happens to a connection while an answer is sent.</summary>
internal enum DeliveryManner
{
    /// <summary>Nothing is sent, and the connection stays open.</summary>
    HangBeforeHead,

    /// <summary>The head is sent, the body never; the connection stays open.</summary>
    HangAfterHead,

    /// <summary>The whole answer is sent, a few bytes at a time.</summary>
    Drip,

    /// <summary>The head is sent at once, the body a few bytes at a time.</summary>
    DripBody,

    /// <summary>The connection is reset before anything is sent.</summary>
    ResetBeforeHead,

    /// <summary>The head is sent, then the connection is reset.</summary>
    ResetAfterHead,

    /// <summary>The head and half of the body are sent, then the connection is reset.</summary>
    ResetInBody,

    /// <summary>The connection is closed in good order without an answer.</summary>
    CloseBeforeHead,

    /// <summary>The head announces the whole body, half of it is sent, and the connection is closed in good order.</summary>
    ShortBody,

    /// <summary>The body comes in chunks, the second of which has a length that is no number.</summary>
    BadChunk,

    /// <summary>What is sent does not begin as HTTP does.</summary>
    GarbageStatusLine,
}
