namespace Keyless.FleetSimulation;

/// <summary>Whose rules the clients follow.</summary>
internal sealed record Rules(string Name, Func<Scenario, Tally> Simulate)
{
    public static Rules Keyless { get; } = new("Keyless", Simulation.OfKeyless);

    public static Rules Msal { get; } = new("MSAL.NET's rules", Simulation.OfMsal);
}

/// <summary>One line of the results.</summary>
internal sealed record Run(Rules Rules, Scenario Scenario);

/// <summary>What came of it.</summary>
internal sealed class Result(Run run, Scenario scenario, Tally tally)
{
    public string Rules => run.Rules.Name;

    public Scenario Scenario => scenario;

    public Tally Tally => tally;

    public Rates Rates { get; } = new(scenario, tally);

    public double PeakAfter => scenario.Outages.Max(Rates.PeakAfter);

    public double PeakAtStart => Rates.Peak(scenario.Deployment * 3, TimeSpan.FromDays(2));

    public double PeakBefore => Rates.Peak(scenario.Outages[0].From - TimeSpan.FromDays(1), scenario.Outages[0].From);

    public double PeakDuring => scenario.Outages.Max(Rates.PeakDuring);

    public string Summary => FormattableString.Invariant(
        $"{scenario.Name}, {Rules}: {tally.Requests:#,0} requests, {tally.FailedWhileAlive:#,0} calls failed while a token lived, peak after an outage {PeakAfter:0.0} x mean");
}

/// <summary>What is run.</summary>
internal static class Runs
{
    private static readonly Scenario Day = new() { Name = "24 h tokens", Outages = Outages(TimeSpan.FromHours(2)) };
    private static readonly Scenario Smaller = Day with { Nodes = 1_000 };
    private static readonly Scenario Hour = Day with { Nodes = 500, Lifetime = TimeSpan.FromHours(1) };

    public static IReadOnlyList<Run> All { get; } =
    [
        new(Rules.Keyless, Day),
        new(Rules.Msal, Day),
        new(Rules.Msal, Day with { Name = "24 h tokens, callers come singly", Callers = 1 }),
        new(Rules.Keyless, Smaller with { Name = "24 h tokens, no random numbers", Jitter = false }),
        .. Both(Smaller with { Name = "24 h tokens, kept by the platform until 6 h before their end", PlatformRenewsBefore = TimeSpan.FromHours(6) }),
        .. Both(Hour with { Name = "1 h tokens, outages of 10 min", Outages = Outages(TimeSpan.FromMinutes(10)) }),
        .. Both(Hour with { Name = "1 h tokens" }),
    ];

    private static Run[] Both(Scenario scenario) => [new(Rules.Keyless, scenario), new(Rules.Msal, scenario)];

    private static Span[] Outages(TimeSpan length) =>
        [new(TimeSpan.FromDays(10), TimeSpan.FromDays(10) + length), new(TimeSpan.FromDays(20), TimeSpan.FromDays(20) + length)];
}
