namespace Keyless.FleetSimulation;

/// <summary>
/// Nodes whose tokens are kept by the rules of MSAL.NET 4.92, as its source has them: written from its description, not run from its code.
/// </summary>
/// <remarks>
/// A token that lives more than two hours is renewed at half of its life, ± 5 minutes drawn anew at each call; every caller who finds
/// it due queues a renewal, which then looks into no cache. Within 5 minutes of the expiry callers wait. One request at a time in a
/// process, repetitions included. 408, 429 and 5xx: again after 1, 2 and 4 s.
/// </remarks>
internal sealed class MsalFleet
{
    private static readonly long LongLife = TimeSpan.FromHours(2).Ticks;
    private static readonly long Jitter = TimeSpan.FromMinutes(5).Ticks;
    private static readonly long ExpiryBuffer = TimeSpan.FromMinutes(5).Ticks;
    private static readonly long[] Pauses = [TimeSpan.TicksPerSecond, 2 * TimeSpan.TicksPerSecond, 4 * TimeSpan.TicksPerSecond];

    private readonly Scenario _scenario;
    private readonly Traffic _traffic;
    private readonly Tally _tally;
    private readonly Provider _provider;
    private readonly int _firstToken;
    private readonly CachedToken[] _tokens;
    private readonly MsalNode[] _nodes;
    private readonly EventQueue _events;

    public MsalFleet(Scenario scenario, Traffic traffic, Tally tally, Provider provider, int firstNode, int nodes)
    {
        (_scenario, _traffic, _tally, _provider) = (scenario, traffic, tally, provider);
        _firstToken = firstNode * scenario.Resources;
        _tokens = new CachedToken[nodes * scenario.Resources];
        _nodes =
        [
            .. Enumerable.Range(firstNode, nodes)
                .Select(node => new MsalNode(scenario.Jitter ? new Draws(scenario.Seed, node, DrawsFor.Client) : null)),
        ];
        _events = new EventQueue(_tokens.Length + 1024);
        for (var token = 0; token < _tokens.Length; token++)
            VisitAt(token, traffic.NextAfter(_firstToken + token, -1));
    }

    public void Run()
    {
        while (_events.TryTake(_scenario.Duration.Ticks, out var time, out var what))
        {
            if (what >= 0)
                Visit(what, time);
            else
                Continue(_nodes[~what], ~what, time);
        }
    }

    private void Visit(int token, long now)
    {
        var node = _nodes[token / _scenario.Resources];
        ref readonly var cached = ref _tokens[token];
        for (var i = 0; i < _scenario.Callers; i++)
        {
            if (!cached.IsServed(now))
                node.Waiting.Enqueue(new Request(token, IsRenewal: false, now));
            else if (cached.RefreshOn != 0 && now >= cached.RefreshOn + (long)((2 * node.Draw() - 1) * Jitter))
                node.Waiting.Enqueue(new Request(token, IsRenewal: true, now));
        }

        if (!node.IsBusy)
            Continue(node, token / _scenario.Resources, now);

        var quietUntil = cached.RefreshOn != 0 ? cached.RefreshOn - Jitter : cached.ExpiresOn - ExpiryBuffer;
        VisitAt(token, _traffic.NextAfter(_firstToken + token, Math.Max(now, quietUntil)));
    }

    // The one request of the node's process goes on: the next attempt, or the next of those who wait for their turn.
    private void Continue(MsalNode node, int index, long now)
    {
        node.IsBusy = false;
        while (node.Current is not null || node.Waiting.TryDequeue(out node.Next))
        {
            var request = node.Current ?? node.Next;
            ref var cached = ref _tokens[request.Token];
            if (node.Current is null && !request.IsRenewal)
            {
                _tally.Waited++;
                if (cached.IsServed(now))
                {
                    _tally.CallWaited(now - request.AskedOn);
                    continue;
                }
            }

            if (request.IsRenewal && node.Current is null && cached.ArrivedOn >= request.AskedOn)
                _tally.Duplicates++;
            var answer = _provider.Ask(_firstToken + request.Token, now);
            var pause = answer.Status == 200 || node.Retry == Pauses.Length ? -1 : Pauses[node.Retry];
            if (answer.Status == 200)
                cached = CachedToken.Arrived(now, answer.ExpiresOn);
            else if (pause < 0 && !request.IsRenewal)
                CountFailed(cached, now);
            if (pause < 0 && !request.IsRenewal)
                _tally.CallWaited(now + _scenario.Latency.Ticks - request.AskedOn);

            node.Current = pause < 0 ? null : request;
            node.Retry = pause < 0 ? 0 : node.Retry + 1;
            node.IsBusy = true;
            _events.Add(now + _scenario.Latency.Ticks + Math.Max(pause, 0), ~index);
            return;
        }
    }

    private void CountFailed(CachedToken cached, long now)
    {
        _tally.Failed++;
        if (cached.ExpiresOn > now)
            _tally.FailedWhileAlive++;
    }

    private void VisitAt(int token, long time)
    {
        if (time < _scenario.Duration.Ticks)
            _events.Add(time, token);
    }

    /// <summary>A token as the cache holds it; times in ticks from the start.</summary>
    private readonly record struct CachedToken(long ArrivedOn, long ExpiresOn, long RefreshOn)
    {
        public static CachedToken Arrived(long now, long expiresOn) =>
            new(now, expiresOn, expiresOn - now > LongLife ? now + ((expiresOn - now) / 2) : 0);

        public bool IsServed(long now) => ExpiresOn - ExpiryBuffer > now;
    }

    private readonly record struct Request(int Token, bool IsRenewal, long AskedOn);

    private sealed class MsalNode(Draws? draws)
    {
        public readonly Queue<Request> Waiting = new(0);
        public Request Next;
        public Request? Current;
        public int Retry;
        public bool IsBusy;

        public double Draw() => draws?.Next() ?? 0.5;
    }
}
