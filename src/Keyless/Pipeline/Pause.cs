using System.Diagnostics.CodeAnalysis;

namespace Keyless.Pipeline;

/// <summary>Waits on the injected clock, cancellably, with or without a thread of the pool.</summary>
internal static class Pause
{
    [SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous path is meant to block.")]
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path is meant to block, on a thread of its own.")]
    public static async ValueTask ForAsync(bool async, TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
    {
        if (async)
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        else if (!ReferenceEquals(time, TimeProvider.System))
            Task.Delay(pause, time, cancellationToken).GetAwaiter().GetResult();
        else if (cancellationToken.WaitHandle.WaitOne(pause))
            cancellationToken.ThrowIfCancellationRequested();
    }
}
