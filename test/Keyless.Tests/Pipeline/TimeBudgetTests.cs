using Keyless.Pipeline;
using Keyless.Testing;

namespace Keyless.Tests.Pipeline;

public sealed class TimeBudgetTests
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(10);

    private readonly FakeClock _time = new(Samples.Now);

    [Fact]
    public void What_is_known_of_the_endpoint_decides_how_long_is_waited()
    {
        var limits = new TimeLimits(chosen: null, Attempt);

        Assert.Equal(TimeSpan.FromSeconds(30), limits.Initially(announced: true));
        Assert.Equal(TimeSpan.FromSeconds(3), limits.Initially(announced: false));
        Assert.Equal(TimeSpan.FromSeconds(30), limits.OnceProven);
        Assert.Equal(TimeSpan.FromSeconds(100), limits.OnceUpdating);
        Assert.Equal(TimeSpan.FromSeconds(100), limits.Longest);
        Assert.Equal(Attempt, limits.Attempt);
    }

    [Fact]
    public void A_limit_of_the_users_holds_in_every_case()
    {
        var chosen = TimeSpan.FromSeconds(7);
        var limits = new TimeLimits(chosen, Attempt);

        Assert.Equal(
            (chosen, chosen, chosen, chosen, chosen),
            (limits.Initially(announced: true), limits.Initially(announced: false), limits.OnceProven, limits.OnceUpdating, limits.Longest));
    }

    // All seven repetitions of the documented update, with the most jitter, and the last one's answer.
    [Fact]
    public void The_update_of_the_metadata_service_fits_in()
    {
        var pauses = Enumerable.Range(0, 7).Sum(retry =>
            RetrySchedule.PauseBefore(SourceKind.Imds, RetryCue.FromStatus(410), retry, retryAfter: null, random: 0.999).TotalSeconds);

        Assert.InRange(pauses, 70, new TimeLimits(chosen: null, Attempt).OnceUpdating.TotalSeconds - 10);
    }

    [Fact]
    public void A_budget_is_used_up_by_time()
    {
        using var budget = new TimeBudget(_time, TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(
            (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), false),
            (budget.Elapsed, budget.Remaining, budget.Token.IsCancellationRequested));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            (TimeSpan.FromSeconds(3), TimeSpan.Zero, true),
            (budget.Elapsed, budget.Remaining, budget.Token.IsCancellationRequested));
    }

    [Fact]
    public void A_budget_can_be_extended_while_it_lasts()
    {
        using var budget = new TimeBudget(_time, TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(2));

        budget.ExtendTo(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(27));
        Assert.Equal(
            (TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), false),
            (budget.Total, budget.Remaining, budget.Token.IsCancellationRequested));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(budget.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_budget_is_never_shortened_and_never_revived()
    {
        using var budget = new TimeBudget(_time, TimeSpan.FromSeconds(30));
        budget.ExtendTo(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(30), budget.Total);

        _time.Advance(TimeSpan.FromSeconds(30));
        budget.ExtendTo(TimeSpan.FromSeconds(100));
        Assert.True(budget.Token.IsCancellationRequested);
    }
}
