using System.Diagnostics;
using System.Runtime;
using Keyless.Benchmarks.Contenders;
using Keyless.Benchmarks.Loopback;

namespace Keyless.Benchmarks.Measurements;

/// <summary>The first token in a process, constructor included: how long it takes, and how much of that the compiler.</summary>
internal static class FirstToken
{
    public const string Name = "first-token";

    public static async Task RunAsync(string name)
    {
        using var endpoint = ResponderProcess.Start();
        Platform.SetAppService(endpoint.Root);
        using var bare = name == WarmFetch.Bare ? new BareFetch(endpoint.Root) : null;
        var (methods, compiling, started) = (JitInfo.GetCompiledMethodCount(), JitInfo.GetCompilationTime(), Stopwatch.GetTimestamp());
        if (bare is not null)
            await bare.GetAsync();
        else
            await Contender.Create(name).AcquireAsync("https://vault.azure.net");
        Measurement.Print("ns", Stopwatch.GetElapsedTime(started).TotalNanoseconds);
        Measurement.Print("methods", JitInfo.GetCompiledMethodCount() - methods);
        Measurement.Print("compilingns", (JitInfo.GetCompilationTime() - compiling).TotalNanoseconds);
    }
}
