namespace Keyless.Pipeline;

/// <summary>How long the pause before the next attempt is. Pure: the random number is passed in.</summary>
/// <remarks>
/// IMDS: 1, 2, 4 s, but 10 s after 410. Service Fabric's 429: 1, 2, 4, 8, 16 s. The others: 1 s. No connection: 0.2 s, doubling up to
/// 1 s. <c>Retry-After</c>, where given, is the least. Jitter of up to a quarter is added on top, never taken off.
/// </remarks>
internal static class RetrySchedule
{
    private const double JitterShare = 0.25;

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ImdsUpdate = TimeSpan.FromSeconds(10);

    /// <param name="source">The source.</param>
    /// <param name="cue">What the last attempt failed with.</param>
    /// <param name="retry">0 before the first repetition.</param>
    /// <param name="retryAfter">What the host asked for.</param>
    /// <param name="random">From 0 inclusive to 1 exclusive.</param>
    public static TimeSpan PauseBefore(SourceKind source, RetryCue cue, int retry, TimeSpan? retryAfter, double random)
    {
        var usual = Usual(source, cue, retry);
        var least = retryAfter > usual ? retryAfter.Value : usual;
        return least + (usual * JitterShare * random);
    }

    private static TimeSpan Usual(SourceKind source, RetryCue cue, int retry) => (source, cue) switch
    {
        (_, { Fault: TransportFault.ConnectFailed }) => Doubling(FirstReconnect, retry, OneSecond),
        (SourceKind.Imds, { Status: 410 }) => ImdsUpdate,
        (SourceKind.Imds, _) => Doubling(OneSecond, retry, OneSecond * 4),
        (SourceKind.ServiceFabric, { Status: 429 }) => Doubling(OneSecond, retry, OneSecond * 16),
        _ => OneSecond,
    };

    private static TimeSpan Doubling(TimeSpan first, int retry, TimeSpan cap)
    {
        var pause = first * Math.Pow(2, Math.Min(retry, 16));
        return pause < cap ? pause : cap;
    }
}
