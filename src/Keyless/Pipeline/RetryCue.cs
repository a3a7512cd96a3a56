namespace Keyless.Pipeline;

/// <summary>What an attempt failed with, as far as retrying is concerned: a status, or a fault below HTTP.</summary>
/// <param name="Fault">The fault; <see cref="TransportFault.None"/> if there was an answer.</param>
/// <param name="Status">The answer's status; 0 if there was none.</param>
internal readonly record struct RetryCue(TransportFault Fault, int Status)
{
    public static RetryCue FromStatus(int status) => new(TransportFault.None, status);

    public static RetryCue FromFault(TransportFault fault) => new(fault, Status: 0);
}
