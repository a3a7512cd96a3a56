namespace Keyless.Pipeline;

/// <summary>What came of one request: an answer, or a fault and the platform's exception behind it.</summary>
internal readonly record struct Sending(Answer? Answer, TransportFault Fault, Exception? Cause);
