namespace Keyless.Caching;

/// <summary>When a token is renewed ahead of its expiry, and how long it is handed out. Pure: the random number is passed in.</summary>
/// <remarks>
/// At <c>refresh_in</c> where the endpoint gives it; else at half of the lifetime if that is two hours or more, at three quarters
/// if it is less; not later than five minutes before the expiry, where the token lives long enough for that. From this a jitter of
/// up to a tenth of the lifetime is taken off, once per token: many machines that got theirs together renew apart.
/// </remarks>
internal static class RefreshSchedule
{
    private static readonly TimeSpan LongLife = TimeSpan.FromHours(2);
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastBackOff = TimeSpan.FromSeconds(1);

    private const double JitterShare = 0.1;

    public static DateTimeOffset RefreshOn(DateTimeOffset now, TimeSpan lifetime, TimeSpan? refreshIn, double random)
    {
        var ahead = refreshIn is { } given && given > TimeSpan.Zero && given < lifetime ? given : Usual(lifetime);
        var jitter = Math.Min(lifetime.Ticks * JitterShare, ahead.Ticks * 0.5) * random;
        return now + ahead - TimeSpan.FromTicks((long)jitter);
    }

    public static DateTimeOffset ServedUntil(DateTimeOffset expiresOn, TimeSpan lifetime, TimeSpan skew)
    {
        // Of a token that lives only minutes the whole skew would be too much: it would be asked for at each call.
        var tenth = lifetime / 10;
        return expiresOn - (skew < tenth ? skew : tenth);
    }

    /// <summary>The pause after a renewal that failed or brought the same token again.</summary>
    public static TimeSpan BackOff(int failures, TimeSpan remaining, TimeSpan? retryAfter, double random)
    {
        var pause = FirstBackOff * Math.Pow(2, Math.Min(failures, 10));
        if (pause > remaining / 4)
            pause = remaining / 4;
        if (retryAfter > pause)
            pause = retryAfter.Value;
        if (pause < LeastBackOff)
            pause = LeastBackOff;
        return pause * (1 + (0.25 * random));
    }

    private static TimeSpan Usual(TimeSpan lifetime)
    {
        var share = lifetime >= LongLife ? lifetime / 2 : lifetime * 0.75;
        return lifetime > 2 * LeastMargin && share > lifetime - LeastMargin ? lifetime - LeastMargin : share;
    }
}
