using System.Diagnostics;
using Keyless.FleetSimulation;

// Simulates what a fleet of machines asks of the identity provider over a month with two outages, once with Keyless and once with the
// rules of MSAL.NET, and writes docs/scale.svg and bench/results/fleet-simulation.md. The same numbers on each run.
//
//   dotnet run -c Release --project bench/Keyless.FleetSimulation
//   dotnet run -c Release --project bench/Keyless.FleetSimulation -- 500      # so many nodes at most, and nothing is written
var most = args is [var nodes] ? int.Parse(nodes, System.Globalization.CultureInfo.InvariantCulture) : int.MaxValue;
var watch = Stopwatch.StartNew();
var results = new List<Result>();
foreach (var run in Runs.All)
{
    var scenario = run.Scenario with { Nodes = Math.Min(run.Scenario.Nodes, most) };
    var result = new Result(run, scenario, run.Rules.Simulate(scenario));
    results.Add(result);
    Console.WriteLine($"{watch.Elapsed.TotalSeconds,4:0} s  {result.Summary}");
}

if (most == int.MaxValue)
{
    File.WriteAllText(Repository.PathOf("docs/scale.svg"), new RateChart(results[0], results[1]).ToString());
    File.WriteAllText(Repository.PathOf("bench/results/fleet-simulation.md"), new Report(results).ToString());
}

Console.WriteLine($"{watch.Elapsed.TotalSeconds,4:0} s  done, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most");
