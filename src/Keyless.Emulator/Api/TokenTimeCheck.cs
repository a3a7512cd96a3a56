using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Api;

/// <summary>Whether it is a token's time, by the clock that tokens go by; what the other one says is told, but does not count.</summary>
internal sealed class TokenTimeCheck(EmulatorClock clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public TokenVerdict CheckExpiry(ParsedToken token)
    {
        const string Check = "expiry";
        if (token.Time("exp") is not { } expiry)
            return Refused(Check, "expired", "The token has expired.", "It has no exp that is a time.");

        bool IsOver(DateTimeOffset now) => now - Tolerance >= expiry;
        var now = clock.TokenNow;
        var apart = Compare(IsOver, "expired", "valid");
        return IsOver(now)
            ? Refused(Check, "expired", "The token has expired.", $"It did on {TimeWords.Utc(expiry)}; now it is {TimeWords.Utc(now)}.{apart}")
            : new TokenVerdict(Check, expiry > now
                ? $"It expires on {TimeWords.Utc(expiry)}, {TimeWords.Relative(expiry, now)}.{apart}"
                : $"It expired on {TimeWords.Utc(expiry)}, which is within the five minutes that clocks may differ by.{apart}");
    }

    public TokenVerdict CheckNotBefore(ParsedToken token)
    {
        const string Check = "not-before";
        if (token.Time("nbf") is not { } start)
            return new TokenVerdict(Check, "It does not say from when it is valid.");

        bool IsEarly(DateTimeOffset now) => now < start - Tolerance;
        var now = clock.TokenNow;
        var apart = Compare(IsEarly, "not valid yet", "valid");
        return IsEarly(now)
            ? Refused(
                Check,
                "not-yet-valid",
                "The token is not valid yet.",
                $"It will be on {TimeWords.Utc(start)}; now it is {TimeWords.Utc(now)}.{apart}")
            : new TokenVerdict(Check, $"It is valid from {TimeWords.Utc(start)} on.{apart}");
    }

    private static TokenVerdict Refused(string check, string reason, string text, string detail) =>
        TokenVerdict.Refused(check, TokenCheck.Bad(reason, text, detail));

    private static string Words(TimeSpan ahead) =>
        $"{TimeWords.Length(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}";

    // A clock that was moved is the first thing that people forget when a token is refused elsewhere.
    private string Compare(Func<DateTimeOffset, bool> isWrong, string wrong, string right)
    {
        var ahead = clock.Ahead;
        if (ahead == TimeSpan.Zero)
            return "";

        var (byReal, byOwn) = (isWrong(clock.Source.GetUtcNow()) ? wrong : right, isWrong(clock.GetUtcNow()) ? wrong : right);
        return byReal == byOwn
            ? $" The emulator's clock is {Words(ahead)} the real one."
            : $" It is {byReal} by the real clock, {byOwn} by the emulator's: they are {TimeWords.Length(ahead.Duration())} apart.";
    }
}
