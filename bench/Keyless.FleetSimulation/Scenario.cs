namespace Keyless.FleetSimulation;

/// <summary>A span of virtual time, counted from the start of the simulation.</summary>
internal readonly record struct Span(TimeSpan From, TimeSpan To)
{
    public bool Holds(long ticks) => ticks >= From.Ticks && ticks < To.Ticks;
}

/// <summary>What is simulated.</summary>
internal sealed record Scenario
{
    public required string Name { get; init; }

    public int Nodes { get; init; } = 10_000;

    /// <summary>Tokens of each node.</summary>
    public int Resources { get; init; } = 20;

    public TimeSpan Duration { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a token lives from the moment the provider issues it.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The share of requests that fail for no reason: half of them with 503, half with 429.</summary>
    public double FaultShare { get; init; } = 0.01;

    /// <summary>Spans in which the provider answers everything with 503, at once.</summary>
    public IReadOnlyList<Span> Outages { get; init; } = [];

    /// <summary>All nodes start, with nothing cached, within this time from the beginning.</summary>
    public TimeSpan Deployment { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A node looks for one of its tokens this often on average, at random; each node has its own mean between the two.</summary>
    public TimeSpan BusiestInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc cref="BusiestInterval"/>
    public TimeSpan IdlestInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many callers want the token at the same moment, each time.</summary>
    public int Callers { get; init; } = 4;

    /// <summary>The platform hands out the token it has until this long before its expiry. Null: each request is the provider's.</summary>
    public TimeSpan? PlatformRenewsBefore { get; init; }

    /// <summary>What an answer takes to arrive. Matters only where requests wait for one another.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether clients draw random numbers. Without, each draw is one half.</summary>
    public bool Jitter { get; init; } = true;

    public ulong Seed { get; init; } = 20261121;

    public int Tokens => Nodes * Resources;

    public bool IsOutage(long ticks)
    {
        foreach (var outage in Outages)
        {
            if (outage.Holds(ticks))
                return true;
        }

        return false;
    }
}
