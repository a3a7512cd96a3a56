namespace Keyless.FleetSimulation;

/// <summary>What an endpoint answers.</summary>
/// <param name="Status">200, 429 or 503.</param>
/// <param name="ExpiresOn">When the token expires, in ticks from the start; whole seconds, as hosts write it.</param>
internal readonly record struct ProviderAnswer(int Status, long ExpiresOn);

/// <summary>The endpoints of some nodes, the platform's cache behind them if it has one, and the one identity provider behind all.</summary>
internal sealed class Provider
{
    private readonly Scenario _scenario;
    private readonly Tally _tally;
    private readonly int _firstToken;
    private readonly Draws[] _draws;
    private readonly long[]? _kept;

    public Provider(Scenario scenario, Tally tally, int firstNode, int nodes)
    {
        _scenario = scenario;
        _tally = tally;
        _firstToken = firstNode * scenario.Resources;
        _draws = [.. Enumerable.Range(firstNode, nodes).Select(node => new Draws(scenario.Seed, node, DrawsFor.Provider))];
        _kept = scenario.PlatformRenewsBefore is null ? null : new long[nodes * scenario.Resources];
    }

    /// <summary>Told of every request: time and token.</summary>
    public Action<long, int>? Asked { get; init; }

    public ProviderAnswer Ask(int token, long now)
    {
        Asked?.Invoke(now, token);
        _tally.Request();
        var local = token - _firstToken;
        if (_kept?[local] is { } kept && kept - now > _scenario.PlatformRenewsBefore!.Value.Ticks)
            return new ProviderAnswer(200, kept);

        _tally.ProviderRequest(now);
        var draw = _draws[local / _scenario.Resources].Next();
        if (_scenario.IsOutage(now))
            return new ProviderAnswer(503, ExpiresOn: 0);
        if (draw < _scenario.FaultShare)
            return new ProviderAnswer(draw < _scenario.FaultShare / 2 ? 429 : 503, ExpiresOn: 0);

        var expiresOn = now + _scenario.Lifetime.Ticks;
        expiresOn -= expiresOn % TimeSpan.TicksPerSecond;
        _kept?[local] = expiresOn;
        _tally.Issued++;
        return new ProviderAnswer(200, expiresOn);
    }
}
