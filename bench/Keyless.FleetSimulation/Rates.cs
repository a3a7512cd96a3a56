namespace Keyless.FleetSimulation;

/// <summary>Requests to the provider over time, and their peaks against their mean.</summary>
internal sealed class Rates
{
    /// <summary>The width of the windows that peaks are looked for in, in minutes.</summary>
    public const int Window = 5;

    private static readonly TimeSpan Afterwards = TimeSpan.FromHours(24);

    private readonly Scenario _scenario;
    private readonly IReadOnlyList<int> _minutes;

    public Rates(Scenario scenario, Tally tally)
    {
        (_scenario, _minutes) = (scenario, tally.Minutes);
        Mean = MeanOfQuiet();
    }

    /// <summary>Requests a minute, on average over the quiet time: from day 5 on, without outages and the day after each.</summary>
    public double Mean { get; }

    /// <summary>The busiest five minutes of the day after an outage, as a multiple of the mean.</summary>
    public double PeakAfter(Span outage) => Peak(outage.To, outage.To + Afterwards);

    /// <summary>The busiest five minutes during an outage, as a multiple of the mean.</summary>
    public double PeakDuring(Span outage) => Peak(outage.From, outage.To);

    /// <summary>The busiest five minutes that begin and end in a span, as a multiple of the mean.</summary>
    public double Peak(TimeSpan from, TimeSpan to)
    {
        var peak = 0.0;
        for (var minute = (int)Math.Ceiling(from.TotalMinutes); minute + Window <= Math.Min(to.TotalMinutes, _minutes.Count); minute++)
            peak = Math.Max(peak, Average(minute, Window));
        return peak / Mean;
    }

    /// <summary>Requests a minute, on average over some minutes.</summary>
    public double Average(int minute, int width)
    {
        var sum = 0L;
        var end = Math.Min(minute + width, _minutes.Count);
        for (var i = minute; i < end; i++)
            sum += _minutes[i];
        return (double)sum / (end - minute);
    }

    private double MeanOfQuiet()
    {
        var settled = _scenario.Duration > TimeSpan.FromDays(6) ? TimeSpan.FromDays(5) : _scenario.Duration / 2;
        var (sum, count) = (0L, 0);
        for (var minute = (int)settled.TotalMinutes; minute < _minutes.Count; minute++)
        {
            var time = TimeSpan.FromMinutes(minute);
            if (_scenario.Outages.Any(outage => time >= outage.From && time < outage.To + Afterwards))
                continue;
            sum += _minutes[minute];
            count++;
        }

        return (double)sum / count;
    }
}
