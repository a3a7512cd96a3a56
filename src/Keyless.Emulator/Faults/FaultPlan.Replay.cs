namespace Keyless.Emulator.Faults;

/// <content>What was answered once, once more.</content>
public sealed partial class FaultPlan
{
    /// <summary>
    /// Queues the answers of a recording: the next requests get them in their order, each leg for itself. Successes are the host's own.
    /// </summary>
    /// <remarks>Errors come back with their status, body and <c>Retry-After</c>; delays go by the emulator's clock.</remarks>
    /// <param name="recording">The recording, of one host.</param>
    /// <exception cref="EmulatorException">It has answers of several hosts; <see cref="FaultRecording.From"/> picks one.</exception>
    public void Replay(FaultRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.Hosts.Count > 1)
        {
            throw new EmulatorException(
                $"The recording has answers of several hosts: {string.Join(", ", recording.Hosts)}. Pick the one that is to be replayed.");
        }

        Enqueue(recording, host: null);
    }

    internal void Enqueue(FaultRecording recording, string? host)
    {
        lock (_gate)
        {
            foreach (var step in recording.Steps)
                _queue.AddLast(new QueuedFault(step.Fault, new FaultMatch { Host = host, Leg = step.Leg }));
        }
    }
}
