using System.Diagnostics.CodeAnalysis;

namespace Keyless.Acquisition;

/// <summary>Takes the result of a call that was made with <c>async: false</c>, whose task is therefore complete.</summary>
internal static class Blocking
{
    [SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "The task is complete; nothing is waited for.")]
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The task is complete, and read once.")]
    public static T Result<T>(ValueTask<T> completed) => completed.GetAwaiter().GetResult();
}
