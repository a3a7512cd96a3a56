namespace Keyless.FleetSimulation;

/// <summary>Runs a scenario on all cores. Nodes know nothing of one another: the result is the same however they are divided.</summary>
internal static class Simulation
{
    private const int NodesAtOnce = 250;

    public static Tally OfKeyless(Scenario scenario) => Run(scenario, static (scenario, traffic, tally, provider, first, count) =>
        new KeylessFleet(scenario, traffic, tally, provider, first, count).Run());

    public static Tally OfMsal(Scenario scenario) => Run(scenario, static (scenario, traffic, tally, provider, first, count) =>
        new MsalFleet(scenario, traffic, tally, provider, first, count).Run());

    private static Tally Run(Scenario scenario, Action<Scenario, Traffic, Tally, Provider, int, int> run)
    {
        var total = new Tally(scenario.Duration);
        Parallel.For(0, (scenario.Nodes + NodesAtOnce - 1) / NodesAtOnce, part =>
        {
            var first = part * NodesAtOnce;
            var count = Math.Min(NodesAtOnce, scenario.Nodes - first);
            var traffic = new RandomTraffic(scenario, first, count);
            var tally = new Tally(scenario.Duration) { Calls = traffic.Expected };
            run(scenario, traffic, tally, new Provider(scenario, tally, first, count), first, count);
            lock (total)
                total.Add(tally);
        });
        return total;
    }
}
