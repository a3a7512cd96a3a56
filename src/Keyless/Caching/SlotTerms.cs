namespace Keyless.Caching;

/// <summary>How a client wants its slots to behave; one object per client.</summary>
internal sealed class SlotTerms(CacheClock clock, TimeProvider time, Func<double> random, TimeSpan failureMemory, TimeSpan longestWait)
{
    private static readonly TimeSpan LeastTransientMemory = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AbsenceMemory = TimeSpan.FromSeconds(5);

    public CacheClock Clock { get; } = clock;

    public TimeProvider Time { get; } = time;

    public Func<double> Random { get; } = random;

    /// <summary>The longest that a caller waits for a flight, whoever started it.</summary>
    public TimeSpan LongestWait { get; } = longestWait;

    /// <summary>
    /// How long a failure is answered from memory: what repeating can't mend for as long as the client says; what may pass, until its
    /// back-off ends; an absent endpoint, for a little while, since one may appear.
    /// </summary>
    public TimeSpan MemoryOf(TokenFailure failure)
    {
        if (failureMemory == TimeSpan.Zero)
            return TimeSpan.Zero;

        var memory = failure switch
        {
            { IsTransient: true, RetryAfter: { } wait } => wait < EndpointGates.Longest ? wait : EndpointGates.Longest,
            { IsTransient: true } => LeastTransientMemory,
            { Kind: FailureKind.NoManagedIdentity } => AbsenceMemory,
            _ => failureMemory,
        };
        return memory > failureMemory && failure.RetryAfter is null ? failureMemory : memory;
    }

    public TokenFailure WaitedTooLong() => new(
        FailureKind.TimedOut,
        FormattableString.Invariant($"The time budget of {LongestWait.TotalSeconds:0.#} s ran out while waiting for another caller's request for the same token."));

    public static TokenFailure RejectedAgain(TokenEntry entry) => new(
        FailureKind.RejectedTokenReturned,
        "After the claims challenge the host handed out the rejected token again; it was not returned.")
    {
        Source = entry.Source,
        Endpoint = entry.Endpoint?.GetLeftPart(UriPartial.Path),
        Resource = entry.Resource,
        CorrelationId = entry.CorrelationId,
    };
}
