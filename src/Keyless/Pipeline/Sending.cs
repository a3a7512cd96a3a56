namespace Keyless.Pipeline;

/// <summary>What came of one request: an answer, or a fault and the platform's exception behind it.</summary>
internal readonly struct Sending(Answer? answer, TransportFault fault, Exception? cause)
{
    public Answer? Answer { get; } = answer;

    public TransportFault Fault { get; } = fault;

    public Exception? Cause { get; } = cause;
}
