using Keyless.Caching;

namespace Keyless.FleetSimulation;

/// <summary>Nodes whose tokens are kept by Keyless.</summary>
internal sealed class KeylessFleet
{
    private readonly Scenario _scenario;
    private readonly int _firstToken;
    private readonly KeylessToken[] _tokens;
    private readonly EventQueue _events;

    public KeylessFleet(Scenario scenario, Traffic traffic, Tally tally, Provider provider, int firstNode, int nodes)
    {
        (_scenario, Traffic, Tally, Provider) = (scenario, traffic, tally, provider);
        Clock = new CacheClock(Time);
        _firstToken = firstNode * scenario.Resources;
        _tokens = new KeylessToken[nodes * scenario.Resources];
        _events = new EventQueue(_tokens.Length + 1024);
        for (var i = 0; i < nodes; i++)
        {
            var node = new KeylessNode(this, firstNode + i, scenario);
            for (var token = i * scenario.Resources; token < (i + 1) * scenario.Resources; token++)
            {
                _tokens[token] = new KeylessToken(node, _firstToken + token);
                VisitAt(token, traffic.NextAfter(_firstToken + token, -1));
            }
        }
    }

    public SimulatedClock Time { get; } = new();

    public CacheClock Clock { get; }

    public Traffic Traffic { get; }

    public Tally Tally { get; }

    public Provider Provider { get; }

    public void Run()
    {
        while (_events.TryTake(_scenario.Duration.Ticks, out var time, out var what))
        {
            Time.Ticks = time;
            if (what >= 0)
                VisitAt(what, _tokens[what].Visit(_scenario.Callers));
            else
                _tokens[~what].Attempt();
        }
    }

    /// <summary>Lets an acquisition go on at the end of a pause.</summary>
    public void AttemptAt(int token, long time) => _events.Add(time, ~(token - _firstToken));

    private void VisitAt(int token, long time)
    {
        if (time < _scenario.Duration.Ticks)
            _events.Add(time, token);
    }
}
