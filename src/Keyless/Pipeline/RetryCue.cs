namespace Keyless.Pipeline;

/// <summary>What an attempt failed with, as far as retrying is concerned: a status, or a fault below HTTP.</summary>
/// <param name="fault">The fault; <see cref="TransportFault.None"/> if there was an answer.</param>
/// <param name="status">The answer's status; 0 if there was none.</param>
internal readonly struct RetryCue(TransportFault fault, int status)
{
    public TransportFault Fault { get; } = fault;

    public int Status { get; } = status;

    public static RetryCue FromStatus(int status) => new(TransportFault.None, status);

    public static RetryCue FromFault(TransportFault fault) => new(fault, status: 0);
}
