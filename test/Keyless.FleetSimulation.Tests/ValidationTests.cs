namespace Keyless.FleetSimulation.Tests;

/// <summary>What the simulation says of Keyless is what real clients do, request by request.</summary>
public sealed class ValidationTests
{
    private static readonly Span Outage = new(TimeSpan.FromHours(30), TimeSpan.FromHours(32));

    [Fact]
    public void Tokens_of_a_day_are_asked_for_at_the_instants_of_the_simulation()
    {
        var requests = RunBoth(new Scenario
        {
            Name = "a day",
            Nodes = 50,
            Resources = 4,
            Duration = TimeSpan.FromDays(3),
            FaultShare = 0.1,
            Outages = [Outage],
            BusiestInterval = TimeSpan.FromMinutes(5),
            IdlestInterval = TimeSpan.FromMinutes(30),
            Callers = 1,
        });

        Assert.Equal(0, requests.Failed);
        Assert.InRange(requests.Count, 1_500, 5_000);
    }

    // The outage outlives them: callers wait and fail, failures are remembered.
    [Fact]
    public void Tokens_of_an_hour_are_asked_for_at_the_instants_of_the_simulation()
    {
        var requests = RunBoth(new Scenario
        {
            Name = "an hour",
            Nodes = 3,
            Resources = 10,
            Duration = TimeSpan.FromHours(34),
            Lifetime = TimeSpan.FromHours(1),
            FaultShare = 0.1,
            Outages = [Outage],
            BusiestInterval = TimeSpan.FromSeconds(30),
            IdlestInterval = TimeSpan.FromMinutes(10),
            Callers = 1,
        });

        Assert.InRange(requests.Failed, 100, 5_000);
    }

    [Fact]
    public void So_are_those_that_the_platform_hands_out_again()
    {
        var requests = RunBoth(new Scenario
        {
            Name = "kept by the platform",
            Nodes = 20,
            Resources = 4,
            Duration = TimeSpan.FromDays(3),
            Outages = [Outage],
            BusiestInterval = TimeSpan.FromMinutes(5),
            IdlestInterval = TimeSpan.FromMinutes(30),
            Callers = 1,
            PlatformRenewsBefore = TimeSpan.FromHours(6),
        });

        Assert.Equal(0, requests.Failed);
    }

    private static (int Count, int Failed) RunBoth(Scenario scenario)
    {
        var traffic = RecordedTraffic.Record(scenario);
        List<(long Time, int Token)> simulated = [], real = [];

        var tally = new Tally(scenario.Duration);
        var provider = new Provider(scenario, tally, firstNode: 0, scenario.Nodes) { Asked = (time, token) => simulated.Add((time, token)) };
        new KeylessFleet(scenario, new RecordedTraffic(traffic), tally, provider, firstNode: 0, scenario.Nodes).Run();

        var fleet = new RealFleet(scenario, new Provider(scenario, new Tally(scenario.Duration), firstNode: 0, scenario.Nodes)
        {
            Asked = (time, token) => real.Add((time, token)),
        });
        fleet.Run(traffic);

        Assert.NotEmpty(real);
        Assert.Equal(simulated, real);
        Assert.Equal(tally.Failed, fleet.Failed);
        return (real.Count, fleet.Failed);
    }
}
