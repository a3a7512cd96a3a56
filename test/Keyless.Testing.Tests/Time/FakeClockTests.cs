namespace Keyless.Testing.Tests.Time;

public sealed class FakeClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void time_stands_still_until_it_is_advanced()
    {
        var (now, timestamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());
        Assert.Equal((now, timestamp), (_clock.GetUtcNow(), _clock.GetTimestamp()));

        _clock.Advance(1.5 * Second);

        Assert.Equal(now + (1.5 * Second), _clock.GetUtcNow());
        Assert.Equal(1.5 * Second, _clock.GetElapsedTime(timestamp));
    }

    [Fact]
    public void timers_fire_in_the_order_they_are_due_with_the_clock_at_their_instant()
    {
        var start = _clock.Now;
        Record("third", 3);
        Record("first", 1);
        Record("second", 2);
        Record("never", 9);

        _clock.Advance(5 * Second);

        Assert.Equal(["first at 1", "second at 2", "third at 3"], _fired);
        Assert.Equal(start + (5 * Second), _clock.Now);
    }

    [Fact]
    public void of_timers_due_at_one_instant_the_one_set_first_fires_first()
    {
        var early = Record("set first, changed later", 2);
        Record("set second", 2);
        early.Change(2 * Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(2 * Second);

        Assert.Equal(["set second at 2", "set first, changed later at 2"], _fired);
    }

    [Fact]
    public void a_timer_fires_at_its_instant_and_not_a_tick_before()
    {
        Record("timer", 1);

        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["timer at 1"], _fired);
    }

    [Fact]
    public void a_periodic_timer_fires_at_each_of_its_instants()
    {
        Record("tick", 1, period: 2);
        Record("between", 4);

        _clock.Advance(6 * Second);

        Assert.Equal(["tick at 1", "tick at 3", "between at 4", "tick at 5"], _fired);
    }

    [Fact]
    public void a_timer_set_by_a_callback_fires_in_the_same_advance_when_it_is_due_in_it()
    {
        var start = _clock.GetTimestamp();
        _clock.CreateTimer(_ => Record("later", 1, start: start), null, 2 * Second, Timeout.InfiniteTimeSpan);

        _clock.Advance(3 * Second);

        Assert.Equal(["later at 3"], _fired);
    }

    [Fact]
    public void a_disposed_timer_does_not_fire_and_cannot_be_set_again()
    {
        var timer = Record("timer", 1);
        timer.Dispose();

        _clock.Advance(2 * Second);

        Assert.False(timer.Change(Second, Second));
        Assert.Empty(_fired);
        Assert.Empty(_clock.PendingTimers);
    }

    [Fact]
    public void a_timer_can_be_put_off_and_stopped()
    {
        var timer = Record("timer", 1);

        timer.Change(3 * Second, Timeout.InfiniteTimeSpan);
        _clock.Advance(2 * Second);
        Assert.Empty(_fired);

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(2 * Second);
        Assert.Empty(_fired);
    }

    [Fact]
    public async Task a_timer_due_at_once_fires_without_an_advance()
    {
        var fired = new TaskCompletionSource();
        await using var timer = _clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_clock.PendingTimers);
    }

    [Fact]
    public void a_jump_of_the_wall_clock_brings_no_timer_nearer()
    {
        Record("timer", 60);
        var (now, timestamp) = (_clock.Now, _clock.GetTimestamp());

        _clock.SetWithoutTimers(now + TimeSpan.FromHours(8));

        Assert.Equal(now + TimeSpan.FromHours(8), _clock.Now);
        Assert.Equal(timestamp, _clock.GetTimestamp());
        Assert.Empty(_fired);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(_clock.PendingTimers).DueIn);
    }

    [Fact]
    public void the_clock_runs_forward_only_unless_the_wall_clock_is_set_alone()
    {
        var now = _clock.Now;

        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Set(now - Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-Second));

        _clock.SetWithoutTimers(now - Second);
        Assert.Equal(now - Second, _clock.Now);
    }

    [Fact]
    public void a_callback_sees_what_its_creator_had_in_its_execution_context()
    {
        var ambient = new AsyncLocal<string?> { Value = "creator" };
        string? seen = null;
        using var timer = _clock.CreateTimer(_ => seen = ambient.Value, null, Second, Timeout.InfiniteTimeSpan);
        ambient.Value = "advancer";

        _clock.Advance(Second);

        Assert.Equal("creator", seen);
    }

    [Fact]
    public async Task advances_of_many_threads_add_up_and_fire_every_timer_once()
    {
        var start = _clock.Now;
        var fired = 0;
        foreach (var second in Enumerable.Range(1, 100))
            _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, second * Second, Timeout.InfiniteTimeSpan);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _clock.Advance(10 * Second), TestContext.Current.CancellationToken)));

        Assert.Equal(100, fired);
        Assert.Equal(start + (100 * Second), _clock.Now);
    }

    [Fact]
    public async Task the_platforms_own_waits_go_by_this_clock()
    {
        using var timeout = new CancellationTokenSource(3 * Second, _clock);
        var delay = Task.Delay(2 * Second, _clock, TestContext.Current.CancellationToken);

        _clock.Advance(2 * Second);
        await delay;
        Assert.False(timeout.IsCancellationRequested);

        _clock.Advance(Second);
        Assert.True(timeout.IsCancellationRequested);
    }

    private ITimer Record(string name, int due, int? period = null, long? start = null)
    {
        var origin = start ?? _clock.GetTimestamp();
        return _clock.CreateTimer(
            _ => _fired.Add($"{name} at {_clock.GetElapsedTime(origin).TotalSeconds}"),
            null,
            due * Second,
            period is { } seconds ? seconds * Second : Timeout.InfiniteTimeSpan);
    }
}
