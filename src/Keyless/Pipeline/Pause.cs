using System.Diagnostics.CodeAnalysis;

namespace Keyless.Pipeline;

/// <summary>Waits on the injected clock, with or without a thread of the pool. No caller's cancellation ends it: nobody waits for it alone.</summary>
internal static class Pause
{
    [SuppressMessage("Usage", "VSTHRD103:Call async methods when in an async method", Justification = "The synchronous path is meant to block.")]
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The synchronous path is meant to block, on a thread of its own.")]
    public static async ValueTask ForAsync(bool async, TimeSpan pause, TimeProvider time)
    {
        if (async)
            await Task.Delay(pause, time).ConfigureAwait(false);
        else if (ReferenceEquals(time, TimeProvider.System))
            _ = CancellationToken.None.WaitHandle.WaitOne(pause);
        else
            Task.Delay(pause, time).GetAwaiter().GetResult();
    }
}
