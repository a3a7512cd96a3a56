namespace Keyless.FleetSimulation;

/// <summary>When callers look for a token.</summary>
internal abstract class Traffic
{
    /// <summary>The first time that somebody looks for a token after this.</summary>
    /// <param name="token">The token: node × resources + resource.</param>
    /// <param name="time">Ticks from the start.</param>
    /// <returns>Ticks from the start; <see cref="long.MaxValue"/> if nobody ever does.</returns>
    public abstract long NextAfter(int token, long time);
}

/// <summary>
/// Callers who come at random. Such traffic has no memory, so that those who find a fresh token need not be simulated one by one:
/// the first after any instant comes an exponentially distributed time later.
/// </summary>
internal sealed class RandomTraffic : Traffic
{
    private readonly int _resources;
    private readonly int _firstToken;
    private readonly (Draws Draws, double Mean, long Start)[] _nodes;

    /// <param name="scenario">The scenario.</param>
    /// <param name="firstNode">The first of the nodes that are simulated here.</param>
    /// <param name="nodes">How many they are.</param>
    public RandomTraffic(Scenario scenario, int firstNode, int nodes)
    {
        _resources = scenario.Resources;
        _firstToken = firstNode * scenario.Resources;
        _nodes = new (Draws, double, long)[nodes];
        for (var i = 0; i < nodes; i++)
        {
            var draws = new Draws(scenario.Seed, firstNode + i, DrawsFor.Traffic);
            var start = (long)draws.Between(0, scenario.Deployment.Ticks);
            var mean = draws.Between(scenario.BusiestInterval.Ticks, scenario.IdlestInterval.Ticks);
            _nodes[i] = (draws, mean, start);
            Expected += (scenario.Duration.Ticks - start) / mean * scenario.Resources * scenario.Callers;
        }
    }

    /// <summary>How many calls there are on average over all draws.</summary>
    public double Expected { get; }

    public override long NextAfter(int token, long time)
    {
        var (draws, mean, start) = _nodes[(token - _firstToken) / _resources];
        return Math.Max(time, start) + 1 + (long)draws.Exponential(mean);
    }
}

/// <summary>Callers who come when a list says so: the same for a simulated client and a real one.</summary>
internal sealed class RecordedTraffic(IReadOnlyList<long[]> times) : Traffic
{
    public override long NextAfter(int token, long time)
    {
        var at = Array.BinarySearch(times[token], time + 1);
        at = at < 0 ? ~at : at;
        return at < times[token].Length ? times[token][at] : long.MaxValue;
    }

    /// <summary>Draws the list from random traffic.</summary>
    public static IReadOnlyList<long[]> Record(Scenario scenario)
    {
        var random = new RandomTraffic(scenario, firstNode: 0, scenario.Nodes);
        var times = new long[scenario.Tokens][];
        for (var token = 0; token < times.Length; token++)
        {
            var list = new List<long>();
            for (var time = random.NextAfter(token, -1); time < scenario.Duration.Ticks; time = random.NextAfter(token, time))
                list.Add(time);
            times[token] = [.. list];
        }

        return times;
    }
}
