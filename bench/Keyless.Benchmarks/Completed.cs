using System.Diagnostics.CodeAnalysis;

namespace Keyless.Benchmarks;

/// <summary>Takes the result of a call that ends at once, as an awaiting caller's first look does.</summary>
[SuppressMessage("Usage", "VSTHRD002:Avoid problematic synchronous waits", Justification = "A hit is complete; should it not be, the benchmark shows it.")]
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "Read once.")]
internal static class Completed
{
    public static AccessToken Of(ValueTask<AccessToken> call) => call.GetAwaiter().GetResult();

    public static T Of<T>(Task<T> call) => call.GetAwaiter().GetResult();
}
