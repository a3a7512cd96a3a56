using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>A thousand callers of a token that is valid and due for renewal: how many requests follow, and how many callers wait.
/// The endpoint answers when all have called, so that none of them finds the new token.</summary>
internal static class RefreshWindow
{
    public const string Name = "refresh-window";
    public const int Callers = 1000;

    private const string Resource = "https://vault.azure.net";

    private static readonly TimeSpan UntilStale = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(string name)
    {
        using var handler = new MemoryHandler(refreshIn: 1, sameToken: true);
        var contender = Contender.Create(name, handler);
        await contender.AcquireAsync(Resource);
        await Task.Delay(UntilStale);
        contender.MakeStale(Resource);
        var before = handler.Requests;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        handler.Gate = gate.Task;

        var (called, waited) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            var call = contender.AcquireAsync(Resource);
            if (!call.IsCompleted)
                Interlocked.Increment(ref waited);
            if (Interlocked.Increment(ref called) == Callers)
                gate.SetResult();
            await call;
        })));

        // What they have set off goes on behind their backs.
        for (var seen = -1L; seen != handler.Requests;)
        {
            seen = handler.Requests;
            await Task.Delay(Quiet);
        }

        Measurement.Print("requests", handler.Requests - before);
        Measurement.Print("waited", waited);
    }
}
