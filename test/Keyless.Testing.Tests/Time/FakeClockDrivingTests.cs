namespace Keyless.Testing.Tests.Time;

public sealed class FakeClockDrivingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_test_can_wait_until_somebody_waits_on_the_clock()
    {
        var two = _clock.WaitForTimersAsync(2, Cancellation);
        var next = _clock.NextTimerAsync(Cancellation);

        using var later = new CancellationTokenSource(5 * Second, _clock);
        Assert.Equal(5 * Second, await next);
        Assert.False(two.IsCompleted);

        using var sooner = new CancellationTokenSource(3 * Second, _clock);
        await two;
        Assert.Equal(3 * Second, await _clock.NextTimerAsync(Cancellation));
    }

    [Fact]
    public async Task a_timer_is_told_by_what_it_was_set_to_however_much_of_it_is_left()
    {
        using var budget = new CancellationTokenSource(30 * Second, _clock);
        _clock.Advance(28 * Second);
        var pause = _clock.WaitForTimerAsync(delay => delay <= 2 * Second, Cancellation);
        Assert.False(pause.IsCompleted);

        using var pausing = new CancellationTokenSource(Second, _clock);

        Assert.Equal(Second, await pause);
    }

    [Fact]
    public async Task advancing_to_a_timer_moves_exactly_there()
    {
        using var budget = new CancellationTokenSource(30 * Second, _clock);
        using var pause = new CancellationTokenSource(2 * Second, _clock);
        var start = _clock.Now;

        Assert.Equal(2 * Second, await _clock.AdvanceToNextTimerAsync(Cancellation));
        Assert.True(pause.IsCancellationRequested);
        Assert.Equal(start + (2 * Second), _clock.Now);

        Assert.Equal(28 * Second, await _clock.AdvanceToTimerAsync(delay => delay == 30 * Second, Cancellation));
        Assert.True(budget.IsCancellationRequested);
    }

    [Fact]
    public async Task a_wait_that_is_cancelled_ends()
    {
        using var stop = new CancellationTokenSource();
        var wait = _clock.NextTimerAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task an_operation_is_driven_through_its_pauses_past_its_timeouts()
    {
        var run = await _clock.RunAsync(RetryAsync, delay => delay < 10 * Second, Cancellation);

        Assert.Equal("done", run.Result);
        Assert.Equal([Second, 2 * Second, 4 * Second], run.Pauses);
        Assert.Equal(7 * Second, run.Elapsed);
    }

    [Fact]
    public async Task what_a_driven_operation_throws_is_kept_with_the_pauses_before_it()
    {
        var run = await _clock.RunAsync(FailAsync, _ => true, Cancellation);

        Assert.IsType<InvalidDataException>(run.Error);
        Assert.Throws<InvalidDataException>(() => run.Result);
        Assert.Equal([Second], run.Pauses);
    }

    [Fact]
    public async Task an_operation_that_does_not_pause_ends_with_the_clock_where_it_was()
    {
        var start = _clock.Now;

        var run = await _clock.RunAsync(async () => await Task.FromResult(7), _ => true, Cancellation);

        Assert.Equal(7, run.Result);
        Assert.Empty(run.Pauses);
        Assert.Equal(start, _clock.Now);
        Assert.Equal(0, (await _clock.RunAsync(() => ValueTask.FromResult(0), _ => true, Cancellation)).Result);
    }

    /// <summary>Pauses three times, as a retry schedule does; each attempt has a timeout, and the whole has a budget.</summary>
    private async Task<string> RetryAsync()
    {
        using var budget = new CancellationTokenSource(30 * Second, _clock);
        foreach (var pause in (int[])[1, 2, 4])
        {
            using var attempt = new CancellationTokenSource(10 * Second, _clock);
            await Task.Run(() => Assert.False(attempt.IsCancellationRequested), budget.Token);
            await Task.Delay(pause * Second, _clock, budget.Token);
        }

        return "done";
    }

    private async Task<string> FailAsync()
    {
        await Task.Delay(Second, _clock, Cancellation);
        throw new InvalidDataException("no");
    }
}
