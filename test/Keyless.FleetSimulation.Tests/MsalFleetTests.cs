namespace Keyless.FleetSimulation.Tests;

/// <summary>The rules of MSAL.NET, as they are documented, one by one on a single token.</summary>
public sealed class MsalFleetTests
{
    private const int Callers = 100;

    private static readonly Scenario One = new()
    {
        Name = "one token",
        Nodes = 1,
        Resources = 1,
        Duration = TimeSpan.FromHours(30),
        FaultShare = 0,
        Callers = Callers,
    };

    private readonly List<TimeSpan> _requests = [];

    // One request for each of them was counted on the real library, too.
    [Fact]
    public void Each_caller_who_finds_a_token_due_renews_it()
    {
        var tally = Run(One, At(0), At(12, 6));

        Assert.Equal(1 + Callers, _requests.Count);
        Assert.Equal(Callers - 1, tally.Duplicates);
        Assert.Equal(Callers, tally.Waited);
    }

    [Fact]
    public void They_do_so_one_after_another()
    {
        Run(One, At(0), At(12, 6));

        var gaps = _requests.Skip(2).Zip(_requests.Skip(1), static (later, earlier) => later - earlier);
        Assert.All(gaps, static gap => Assert.Equal(One.Latency, gap));
    }

    // A number is drawn at each call, so that some are early.
    [Theory]
    [InlineData(11, 54, 0, 0)]
    [InlineData(11, 56, 1, 30)]
    [InlineData(12, 0, 35, 65)]
    [InlineData(12, 4, 70, 99)]
    public void A_token_is_due_at_half_of_its_life_give_or_take_five_minutes(int hours, int minutes, int least, int most)
    {
        Run(One, At(0), At(hours, minutes));

        Assert.InRange(_requests.Count - 1, least, most);
    }

    [Fact]
    public void A_token_of_an_hour_is_not_renewed_ahead_and_makes_callers_wait_within_five_minutes_of_its_end()
    {
        var tally = Run(One with { Lifetime = TimeSpan.FromHours(1) }, At(0), At(0, 50), At(0, 54), At(0, 56));

        Assert.Equal([At(0), At(0, 56)], _requests);
        Assert.Equal(2 * Callers, tally.Waited);
        Assert.Equal(0, tally.Duplicates);
    }

    [Fact]
    public void A_request_is_repeated_after_1_2_and_4_seconds_and_callers_fail_one_by_one()
    {
        var tally = Run(
            One with { Callers = 2, Latency = TimeSpan.Zero, Lifetime = TimeSpan.FromHours(1), Outages = [new Span(At(0, 30), At(2))] }, At(0), At(0, 56));

        Assert.Equal([0, 1, 3, 7, 7, 8, 10, 14], _requests.Skip(1).Select(static time => (time - At(0, 56)).TotalSeconds));
        Assert.Equal((2, 2), (tally.Failed, tally.FailedWhileAlive));
        Assert.Equal(TimeSpan.FromSeconds(14).Ticks, tally.LongestWait);
    }

    [Fact]
    public void A_renewal_that_failed_is_begun_anew_by_the_next_callers()
    {
        var tally = Run(One with { Callers = 1, Outages = [new Span(At(6), At(14))] }, At(0), At(12, 6), At(12, 7), At(12, 8));

        Assert.Equal(1 + (3 * 4), _requests.Count);
        Assert.Equal(0, tally.Failed);
    }

    private static TimeSpan At(int hours, int minutes = 0) => new(hours, minutes, seconds: 0);

    private Tally Run(Scenario scenario, params TimeSpan[] visits)
    {
        var tally = new Tally(scenario.Duration);
        var provider = new Provider(scenario, tally, firstNode: 0, nodes: 1) { Asked = (time, _) => _requests.Add(TimeSpan.FromTicks(time)) };
        new MsalFleet(scenario, new RecordedTraffic([[.. visits.Select(static visit => visit.Ticks)]]), tally, provider, firstNode: 0, nodes: 1).Run();
        return tally;
    }
}
