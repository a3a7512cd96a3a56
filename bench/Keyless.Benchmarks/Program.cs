using BenchmarkDotNet.Running;
using Keyless.Benchmarks;
using Keyless.Benchmarks.Loopback;
using Keyless.Benchmarks.Measurements;
using Keyless.Benchmarks.Results;
using Keyless.Testing;

// Measures the client, alone and beside MSAL.NET. Everything stays on loopback or in memory; the guard ends the process otherwise.
//
//   dotnet run -c Release --project bench/Keyless.Benchmarks -- --filter '*Comparison*'     the table in bench/results
//   dotnet run -c Release --project bench/Keyless.Benchmarks -- --filter '*Hit*'            any class: Hit, Miss, Parse, Scale, Refresh
//   dotnet run -c Release --project bench/Keyless.Benchmarks -- --filter '*' --job Dry      everything once, to see that it works
//   dotnet run -c Release --project bench/Keyless.Benchmarks -- --list flat
//
// Started by itself with "serve" (an endpoint) and "measure" (a one-shot measurement in a process of its own).
CleanEnvironment.Apply();
ConnectionGuard.Install();

switch (args)
{
    case ["serve", var delay]:
        await Responder.ServeAsync(delay);
        return 0;
    case ["measure", .. var what]:
        await Measurement.RunAsync(what);
        return 0;
}

Platform.SetAppService();
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, Configuration.Create(args)).ToList();
var failed = summaries.Any(static summary => summary.HasCriticalValidationErrors || summary.Reports.Any(static report => !report.Success));
await Reports.WriteAsync(new MicroResults(summaries), Console.Out);
return failed ? 1 : 0;
