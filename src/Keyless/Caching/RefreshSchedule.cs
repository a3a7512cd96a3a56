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
    private static readonly TimeSpan LeastBackOff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    private const double JitterShare = 0.1;
    private const double RetryAfterJitter = 0.25;

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

    /// <summary>The pause after a renewal that failed or brought the same token again: anything up to half of what the token has left.</summary>
    /// <remarks>
    /// Nothing is urgent while the old token lives. Pauses that were short and alike would bring every machine back in the minutes after a
    /// long outage; drawn from all that time, renewals that an outage held up come back over hours.
    /// </remarks>
    public static TimeSpan BackOff(TimeSpan remaining, TimeSpan? retryAfter, double random)
    {
        var least = remaining / 4 < LeastBackOff ? remaining / 4 : LeastBackOff;
        var pause = least + (((remaining / 2) - least) * random);

        // What the host asks for is the least, and machines that it tells the same are to come apart, too.
        var asked = (retryAfter ?? TimeSpan.Zero) * (1 + (RetryAfterJitter * random));
        if (asked > pause)
            pause = asked;
        return pause > LeastPause ? pause : LeastPause;
    }

    private static TimeSpan Usual(TimeSpan lifetime)
    {
        var share = lifetime >= LongLife ? lifetime / 2 : lifetime * 0.75;
        return lifetime > 2 * LeastMargin && share > lifetime - LeastMargin ? lifetime - LeastMargin : share;
    }
}
