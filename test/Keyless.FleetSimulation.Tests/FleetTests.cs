namespace Keyless.FleetSimulation.Tests;

public sealed class FleetTests
{
    private static readonly Span Outage = new(TimeSpan.FromDays(4), TimeSpan.FromDays(4) + TimeSpan.FromHours(2));

    // Started over one renewal interval, so that the rate is even from the beginning.
    private static readonly Scenario Small = new()
    {
        Name = "small",
        Nodes = 400,
        Resources = 20,
        Duration = TimeSpan.FromDays(6),
        Outages = [Outage],
        Deployment = TimeSpan.FromHours(10.8),
    };

    [Fact]
    public void Without_chance_and_faults_each_token_is_asked_for_as_often_as_its_life_says()
    {
        var scenario = Small with { Nodes = 3, Resources = 2, Duration = TimeSpan.FromDays(30), Jitter = false, FaultShare = 0, Outages = [] };
        var everyMinute = Enumerable.Range(0, 30 * 24 * 60).Select(static minute => minute * TimeSpan.TicksPerMinute).ToArray();
        var tally = new Tally(scenario.Duration);

        var traffic = new RecordedTraffic([.. Enumerable.Repeat(everyMinute, scenario.Tokens)]);
        var provider = new Provider(scenario, tally, firstNode: 0, scenario.Nodes);
        new KeylessFleet(scenario, traffic, tally, provider, firstNode: 0, scenario.Nodes).Run();

        // A draw of one half takes 1.2 h off the 12; the first request is made in minute 1.
        var requests = 1 + (int)((TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1)) / TimeSpan.FromHours(10.8));
        Assert.Equal(scenario.Tokens * requests, tally.Requests);
        Assert.Equal(tally.Requests, tally.Issued);
    }

    [Fact]
    public void An_outage_fails_no_call_and_is_followed_by_no_spike()
    {
        var tally = Simulation.OfKeyless(Small);
        var rates = new Rates(Small, tally);

        Assert.Equal(0, tally.Failed);
        Assert.Equal(0, tally.Duplicates);
        Assert.InRange(rates.PeakDuring(Outage), 4, 8);
        Assert.InRange(rates.PeakAfter(Outage), 1.2, 1.9);
    }

    [Fact]
    public void Without_random_numbers_what_the_outage_held_up_comes_back_together()
    {
        var scenario = Small with { Jitter = false };

        Assert.True(new Rates(scenario, Simulation.OfKeyless(scenario)).PeakAfter(Outage) > 2);
    }

    [Fact]
    public void An_outage_longer_than_the_rest_of_the_life_fails_calls()
    {
        var tally = Simulation.OfKeyless(Small with { Nodes = 2, Lifetime = TimeSpan.FromHours(1) });

        Assert.InRange(tally.Failed, 100, 100_000);
        Assert.InRange(tally.LongestWait, TimeSpan.FromSeconds(7).Ticks, TimeSpan.FromSeconds(30).Ticks);
    }

    [Fact]
    public void The_result_is_the_same_each_time()
    {
        var scenario = Small with { Nodes = 260, Duration = TimeSpan.FromDays(1), Outages = [] };

        Assert.Equal(Simulation.OfKeyless(scenario).Minutes, Simulation.OfKeyless(scenario).Minutes);
        Assert.NotEqual(Simulation.OfKeyless(scenario).Minutes, Simulation.OfKeyless(scenario with { Seed = 1 }).Minutes);
    }
}
