using System.Diagnostics;
using System.Globalization;
using System.Net;
using Keyless.Testing;

namespace Keyless.FleetSimulation.Tests;

/// <summary>Nodes with real clients on a clock that is moved by hand, whose endpoints are the simulation's, and answer from memory.</summary>
internal sealed class RealFleet
{
    private readonly Scenario _scenario;
    private readonly FakeClock _clock = new(SimulatedClock.Start);
    private readonly RealNode[] _nodes;
    private readonly HashSet<RealNode> _busy = [];

    public RealFleet(Scenario scenario, Provider provider)
    {
        _scenario = scenario;
        _nodes = [.. Enumerable.Range(0, scenario.Nodes).Select(node => new RealNode(scenario, node, provider, _clock))];
    }

    public int Failed => _nodes.Sum(static node => node.Failed);

    /// <summary>Lets callers come when the list says so.</summary>
    public void Run(IReadOnlyList<long[]> traffic)
    {
        foreach (var (time, token) in traffic.SelectMany(static (times, token) => times.Select(time => (time, token))).Order())
        {
            MoveTo(time);
            var node = _nodes[token / _scenario.Resources];
            if (node.Visit(token % _scenario.Resources))
                _busy.Add(node);
            Settle();
        }

        MoveTo(_scenario.Duration.Ticks);
    }

    // From timer to timer, so that what each of them sets off is done before the next.
    private void MoveTo(long ticks)
    {
        var until = SimulatedClock.Start.AddTicks(ticks);
        while (_busy.Count > 0 && _clock.PendingTimers is [var next, ..] && _clock.Now + next.DueIn <= until)
        {
            _clock.Advance(next.DueIn);
            Settle();
        }

        _clock.Set(until);
    }

    private void Settle()
    {
        foreach (var node in _busy)
            node.Settle();
        _busy.RemoveWhere(static node => node.IsIdle);
    }
}

/// <summary>One real client, with what a test must know to tell when it has done all it can before time goes on.</summary>
internal sealed class RealNode
{
    private readonly ResourceTokens[] _tokens;
    private readonly List<(int Resource, Task Call)> _calls = [];
    private readonly PauseCounter _time;

    public RealNode(Scenario scenario, int node, Provider provider, FakeClock clock)
    {
        _time = new PauseCounter(clock);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = MachineEnvironment.FromVariables([]),
            TimeProvider = _time,
            Random = new Draws(scenario.Seed, node, DrawsFor.Client).Next,
            Handler = new Endpoint(provider, clock, node * scenario.Resources),
        });
        _tokens = [.. Enumerable.Range(0, scenario.Resources).Select(resource => client.ForResource($"https://{resource}.example"))];
    }

    public int Failed { get; private set; }

    public bool IsIdle => InFlight() == 0;

    /// <summary>A caller wants a token. True if something is under way now.</summary>
    public bool Visit(int resource)
    {
        var call = _tokens[resource].GetTokenAsync();
        if (!call.IsCompletedSuccessfully)
            _calls.Add((resource, call.AsTask()));
        return _calls.Count > 0 || _tokens[resource].Slot is { IsRefreshing: true };
    }

    /// <summary>Waits until everything under way waits for the clock.</summary>
    public void Settle()
    {
        var patience = Stopwatch.StartNew();
        while (InFlight() != _time.Pausing)
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(30))
                throw new TimeoutException($"{InFlight()} acquisitions are under way and {_time.Pausing} of them pause.");
            Thread.Yield();
        }
    }

    private int InFlight()
    {
        // Taken out first: a call may end while they are looked through.
        foreach (var pending in _calls.FindAll(static pending => pending.Call.IsCompleted))
        {
            _calls.Remove(pending);
            if (pending.Call.IsFaulted)
                Failed += pending.Call.Exception.InnerException is ManagedIdentityException ? 1 : throw pending.Call.Exception;
        }

        var count = 0;
        for (var resource = 0; resource < _tokens.Length; resource++)
            count += _tokens[resource].Slot is { IsRefreshing: true } || _calls.Exists(pending => pending.Resource == resource) ? 1 : 0;
        return count;
    }

    private sealed class Endpoint(Provider provider, FakeClock clock, int firstToken) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            const string Parameter = "resource=https%3A%2F%2F";
            var query = request.RequestUri!.Query;
            var start = query.IndexOf(Parameter, StringComparison.Ordinal) + Parameter.Length;
            var resource = int.Parse(query.AsSpan(start, query.IndexOf(".example", StringComparison.Ordinal) - start), CultureInfo.InvariantCulture);

            var answer = provider.Ask(firstToken + resource, (clock.Now - SimulatedClock.Start).Ticks);
            var expiresOn = SimulatedClock.Start.AddTicks(answer.ExpiresOn).ToUnixTimeSeconds();
            var body = answer.Status == 200
                ? FormattableString.Invariant($$"""{"access_token":"{{resource}}-{{expiresOn}}","expires_on":"{{expiresOn}}","token_type":"Bearer"}""")
                : """{"error":"unavailable"}""";
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new StringContent(body) });
        }
    }
}
