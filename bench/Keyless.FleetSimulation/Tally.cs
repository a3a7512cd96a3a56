namespace Keyless.FleetSimulation;

/// <summary>What was counted.</summary>
internal sealed class Tally(TimeSpan duration)
{
    private readonly int[] _minutes = new int[(int)Math.Ceiling(duration.TotalMinutes)];

    /// <summary>Calls that the traffic makes on average.</summary>
    public double Calls { get; set; }

    /// <summary>Requests that nodes sent to their endpoint.</summary>
    public long Requests { get; private set; }

    /// <summary>Those of them that went on to the provider.</summary>
    public long ProviderRequests { get; private set; }

    /// <summary>Tokens that the provider issued.</summary>
    public long Issued { get; set; }

    /// <summary>Renewals that were sent although the token had been renewed while they waited for their turn.</summary>
    public long Duplicates { get; set; }

    /// <summary>Calls that had to wait for the endpoint.</summary>
    public long Waited { get; set; }

    /// <summary>The longest that one of them waited, in ticks.</summary>
    public long LongestWait { get; private set; }

    public long Failed { get; set; }

    /// <summary>Calls that failed although the node held a token that had not expired.</summary>
    public long FailedWhileAlive { get; set; }

    /// <summary>Requests to the provider, minute by minute.</summary>
    public IReadOnlyList<int> Minutes => _minutes;

    public void Request() => Requests++;

    public void CallWaited(long ticks) => LongestWait = Math.Max(LongestWait, ticks);

    public void ProviderRequest(long ticks)
    {
        ProviderRequests++;
        _minutes[ticks / TimeSpan.TicksPerMinute]++;
    }

    public void Add(Tally other)
    {
        Calls += other.Calls;
        Requests += other.Requests;
        ProviderRequests += other.ProviderRequests;
        Issued += other.Issued;
        Duplicates += other.Duplicates;
        Waited += other.Waited;
        CallWaited(other.LongestWait);
        Failed += other.Failed;
        FailedWhileAlive += other.FailedWhileAlive;
        for (var i = 0; i < _minutes.Length; i++)
            _minutes[i] += other._minutes[i];
    }
}
