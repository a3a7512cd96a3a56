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
        var budget = new TimeBudget(_time, TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)), (budget.Elapsed, budget.Remaining));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.Zero), (budget.Elapsed, budget.Remaining));
    }

    [Fact]
    public void A_budget_can_be_extended_while_it_lasts()
    {
        var budget = new TimeBudget(_time, TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(2));

        budget.ExtendTo(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(27));

        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1)), (budget.Total, budget.Remaining));
    }

    [Fact]
    public void A_budget_is_never_shortened_and_never_revived()
    {
        var budget = new TimeBudget(_time, TimeSpan.FromSeconds(30));
        budget.ExtendTo(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(30), budget.Total);

        _time.Advance(TimeSpan.FromSeconds(30));
        budget.ExtendTo(TimeSpan.FromSeconds(100));
        Assert.Equal(TimeSpan.FromSeconds(30), budget.Total);
    }

    [Fact]
    public void A_step_gets_its_share_while_there_is_more_left()
    {
        var budget = new TimeBudget(_time, TimeSpan.FromSeconds(30));
        using var share = budget.Share(Attempt);

        _time.Advance(Attempt - TimeSpan.FromTicks(1));
        Assert.False(share.Token.IsCancellationRequested);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, true, false), (share.Token.IsCancellationRequested, share.IsSpent, share.IsBudgetSpent));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4)]
    public void The_last_step_gets_what_is_left(int seconds)
    {
        var budget = new TimeBudget(_time, TimeSpan.FromSeconds(seconds));
        using var share = budget.Share(Attempt);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Equal((false, false), (share.IsSpent, share.IsBudgetSpent));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, true), (share.IsSpent, share.IsBudgetSpent));
    }

    [Fact]
    public void When_nothing_is_left_a_step_is_over_before_it_begins()
    {
        var budget = new TimeBudget(_time, TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(5));

        using var share = budget.Share(Attempt);

        Assert.Equal((true, true), (share.IsSpent, share.IsBudgetSpent));
    }

    // On the system's clock: on others a source can't be reset.
    [Fact]
    public void What_a_step_leaves_can_time_another_one()
    {
        var budget = new TimeBudget(TimeProvider.System, TimeSpan.FromMinutes(10));
        var first = budget.Share(TimeSpan.FromMinutes(5));
        using var registration = first.Token.UnsafeRegister(static _ => Assert.Fail("The first step is over."), state: null);

        var left = first.Reclaim();
        Assert.NotNull(left);
        using var second = budget.Share(TimeSpan.FromMinutes(5), left);

        Assert.Equal(left.Token, second.Token);
        left.Cancel();
        Assert.Equal((true, false), (second.IsSpent, second.IsBudgetSpent));
    }

    [Fact]
    public void What_was_used_up_is_not_used_again()
    {
        var share = new TimeBudget(_time, TimeSpan.FromSeconds(3)).Share(Attempt);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Null(share.Reclaim());
    }
}
