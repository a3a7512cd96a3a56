using Keyless.Caching;

namespace Keyless.Tests.Caching;

public sealed class RefreshScheduleTests
{
    private const double AlmostOne = 0.999_999_999;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // Lifetime, refresh_in, and when the renewal begins at the latest; all in seconds.
    [Theory]
    [InlineData(86_400, null, 43_200)]
    [InlineData(90_000, null, 45_000)]
    [InlineData(7_201, null, 3_600.5)]
    [InlineData(7_200, null, 3_600)]
    [InlineData(7_199, null, 5_399.25)]
    [InlineData(3_600, null, 2_700)]
    [InlineData(1_201, null, 900.75)]
    [InlineData(1_200, null, 900)]
    [InlineData(1_199, null, 899)]
    [InlineData(900, null, 600)]
    [InlineData(601, null, 301)]
    [InlineData(600, null, 450)]
    [InlineData(599, null, 449.25)]
    [InlineData(60, null, 45)]
    [InlineData(86_400, 3_600, 3_600)]
    [InlineData(3_600, 3_000, 3_000)]
    [InlineData(3_600, 3_599, 3_599)]
    [InlineData(3_600, 3_600, 2_700)]
    [InlineData(900, 901, 600)]
    [InlineData(3_600, 86_400, 2_700)]
    [InlineData(3_600, 0, 2_700)]
    [InlineData(3_600, -60, 2_700)]
    public void A_token_is_renewed_at_a_share_of_its_life_or_when_the_host_says(double lifetime, int? refreshIn, double expected)
    {
        var refreshOn = RefreshSchedule.RefreshOn(
            Samples.Now,
            Seconds(lifetime),
            refreshIn is null ? null : Seconds(refreshIn.Value),
            random: 0);

        Assert.Equal(expected, (refreshOn - Samples.Now).TotalSeconds, tolerance: 0.001);
    }

    [Theory]
    [InlineData(86_400, null, 8_640)]
    [InlineData(3_600, null, 360)]
    [InlineData(60, null, 6)]
    [InlineData(86_400, 60, 30)]
    [InlineData(3_600, 3_000, 360)]
    public void Jitter_brings_it_forward_by_up_to_a_tenth_of_the_life_and_never_by_more_than_half_the_wait(
        double lifetime, int? refreshIn, double most)
    {
        var given = refreshIn is null ? default(TimeSpan?) : Seconds(refreshIn.Value);

        var latest = RefreshSchedule.RefreshOn(Samples.Now, Seconds(lifetime), given, random: 0);
        var earliest = RefreshSchedule.RefreshOn(Samples.Now, Seconds(lifetime), given, AlmostOne);

        Assert.Equal(most, (latest - earliest).TotalSeconds, tolerance: 0.001);
    }

    // Machines that got their tokens in the same second must not renew in the same second.
    [Fact]
    public void A_thousand_tokens_of_one_hour_are_renewed_over_six_minutes()
    {
        var random = new Random(20261018);

        var offsets = Enumerable.Range(0, 1000)
            .Select(_ => RefreshSchedule.RefreshOn(Samples.Now, TimeSpan.FromHours(1), refreshIn: null, random.NextDouble()))
            .Select(refreshOn => (refreshOn - Samples.Now).TotalSeconds)
            .Order()
            .ToList();

        Assert.InRange(offsets[0], 2_340, 2_350);
        Assert.InRange(offsets[^1], 2_690, 2_700);
        Assert.True(offsets.Zip(offsets.Skip(1), (a, b) => b - a).Max() < 10);
        for (var minute = 39; minute < 45; minute++)
            Assert.InRange(offsets.Count(offset => offset >= minute * 60 && offset < (minute + 1) * 60), 120, 220);
    }

    [Fact]
    public void A_token_of_any_life_is_renewed_before_it_expires_and_not_at_once()
    {
        for (var seconds = 1; seconds < 100_000; seconds += 7)
        {
            foreach (var random in new[] { 0, 0.5, AlmostOne })
            {
                var refreshOn = RefreshSchedule.RefreshOn(Samples.Now, Seconds(seconds), refreshIn: null, random);
                var servedUntil = RefreshSchedule.ServedUntil(Samples.Now + Seconds(seconds), Seconds(seconds), Skew);

                Assert.True(refreshOn > Samples.Now && refreshOn < servedUntil, $"a life of {seconds} s, random {random}");
            }
        }
    }

    [Theory]
    [InlineData(86_400, 30, 86_370)]
    [InlineData(301, 30, 271)]
    [InlineData(300, 30, 270)]
    [InlineData(299, 30, 269.1)]
    [InlineData(60, 30, 54)]
    [InlineData(3_600, 0, 3_600)]
    [InlineData(3_600, 300, 3_300)]
    [InlineData(3_600, 3_600, 3_240)]
    public void A_token_is_served_until_shortly_before_its_expiry(double lifetime, double skew, double expected)
    {
        var servedUntil = RefreshSchedule.ServedUntil(Samples.Now + Seconds(lifetime), Seconds(lifetime), Seconds(skew));

        Assert.Equal(expected, (servedUntil - Samples.Now).TotalSeconds, tolerance: 0.001);
    }

    // What remains, Retry-After, and the shortest and the longest pause; all in seconds.
    [Theory]
    [InlineData(43_200, null, 30, 21_600)]
    [InlineData(900, null, 30, 450)]
    [InlineData(120, null, 30, 60)]
    [InlineData(100, null, 25, 50)]
    [InlineData(4, null, 1, 2)]
    [InlineData(2, null, 1, 1)]
    [InlineData(0, null, 1, 1)]
    [InlineData(-100, null, 1, 1)]
    [InlineData(43_200, 5.0, 30, 21_600)]
    [InlineData(43_200, 300.0, 300, 21_600)]
    [InlineData(100, 60.0, 60, 75)]
    [InlineData(-100, 60.0, 60, 75)]
    public void A_failed_renewal_is_repeated_somewhere_in_the_first_half_of_what_remains(
        double remaining, double? retryAfter, double shortest, double longest)
    {
        var given = retryAfter is null ? default(TimeSpan?) : Seconds(retryAfter.Value);

        Assert.Equal(shortest, RefreshSchedule.BackOff(Seconds(remaining), given, random: 0).TotalSeconds, tolerance: 0.001);
        Assert.Equal(longest, RefreshSchedule.BackOff(Seconds(remaining), given, AlmostOne).TotalSeconds, tolerance: 0.001);
    }

    // Machines that an outage has kept from renewing must not come back together once it is over.
    [Fact]
    public void A_thousand_failed_renewals_are_repeated_evenly_over_the_half()
    {
        var random = new Random(20261121);

        var hours = Enumerable.Range(0, 1000)
            .Select(_ => (int)RefreshSchedule.BackOff(TimeSpan.FromHours(12), retryAfter: null, random.NextDouble()).TotalHours)
            .ToList();

        for (var hour = 0; hour < 6; hour++)
            Assert.InRange(hours.Count(h => h == hour), 120, 220);
    }

    // However the draws fall, there is always another attempt before the old token is gone.
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(AlmostOne)]
    public void Renewals_that_go_on_failing_are_attempted_until_the_last_seconds_and_not_without_end(double random)
    {
        var (remaining, attempts) = (TimeSpan.FromHours(12), 0);
        for (; remaining > Seconds(2); attempts++)
            remaining -= RefreshSchedule.BackOff(remaining, retryAfter: null, random);

        Assert.True(remaining >= TimeSpan.Zero);
        Assert.InRange(attempts, 10, 1500);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
