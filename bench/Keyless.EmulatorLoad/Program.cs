using Keyless.EmulatorLoad;

// Measures the emulator as a server: how long it takes to start, how many tokens it hands out a second to a load from another
// process, and whether its memory stays as it is over a million requests. Prints a table in Markdown.
//
//   dotnet run -c Release --project bench/Keyless.EmulatorLoad
//
// Needs wrk (package wrk of Debian).
var report = new Report(Console.Out);
await StartUp.MeasureAsync(report);
await Throughput.MeasureAsync(report);
await LongRun.MeasureAsync(report, requests: 1_000_000);
