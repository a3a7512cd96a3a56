using Keyless.Testing;

namespace Keyless.Emulator.Tests.Time;

public sealed class EmulatorClockTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeClock _source = new();
    private readonly EmulatorClock _clock;

    public EmulatorClockTests() => _clock = new EmulatorClock(_source);

    [Fact]
    public void it_follows_its_source_until_somebody_moves_it()
    {
        var start = _clock.GetTimestamp();

        _source.Advance(3 * Second);

        Assert.Equal(_source.Now, _clock.GetUtcNow());
        Assert.Equal(3 * Second, _clock.GetElapsedTime(start));
    }

    [Fact]
    public void a_correction_of_the_sources_wall_clock_is_passed_on_and_no_time_goes_by()
    {
        var start = _clock.GetTimestamp();

        _source.SetWithoutTimers(_source.Now.AddDays(-2));

        Assert.Equal(_source.Now, _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(start));
    }

    [Fact]
    public void frozen_it_stands_still_and_resumes_from_where_it_stood()
    {
        var start = _clock.GetUtcNow();
        _clock.Freeze();
        _source.Advance(TimeSpan.FromHours(1));
        Assert.Equal(start, _clock.GetUtcNow());

        _clock.Resume();
        _source.Advance(Second);

        Assert.Equal(start + Second, _clock.GetUtcNow());
        Assert.False(_clock.IsFrozen);
    }

    [Fact]
    public void advancing_adds_to_the_source_and_moves_both_hands()
    {
        var (time, stamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());

        _clock.Advance(TimeSpan.FromHours(25));
        _source.Advance(Second);

        Assert.Equal(time + TimeSpan.FromHours(25) + Second, _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(25) + Second, _clock.GetElapsedTime(stamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-Second));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(0.5)]
    public void speed_multiplies_what_the_source_passes(double speed)
    {
        var (time, stamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());

        _clock.Speed = speed;
        _source.Advance(10 * Second);

        Assert.Equal(time + (10 * speed * Second), _clock.GetUtcNow());
        Assert.Equal(10 * speed * Second, _clock.GetElapsedTime(stamp));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void a_speed_that_is_none_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Speed = speed);

    [Fact]
    public void it_can_be_set_forward_and_back_but_timestamps_never_go_back()
    {
        var stamp = _clock.GetTimestamp();
        var past = new DateTimeOffset(1999, 12, 31, 23, 0, 0, TimeSpan.FromHours(-1));

        _clock.Set(past);
        Assert.Equal(past, _clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, _clock.GetElapsedTime(stamp));

        _clock.Set(past.AddHours(2));
        Assert.Equal(past.AddHours(2), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(2), _clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void timers_fire_in_their_order_each_at_its_own_instant()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer("late", 5 * Second, Timeout.InfiniteTimeSpan, fired, start);
        using var often = Timer("often", 2 * Second, 2 * Second, fired, start);
        _clock.Freeze();

        _clock.Advance(4.5 * Second);
        Assert.Equal([("often", 2 * Second), ("often", 4 * Second)], fired);

        _clock.Advance(1 * Second);
        Assert.Equal(("late", 5 * Second), fired[^1]);
        Assert.Equal(start + (5.5 * Second), _clock.GetUtcNow());
    }

    [Fact]
    public void timers_fire_by_the_source_too_and_sooner_at_a_higher_speed()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var timer = Timer("minutes", TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan, fired, start);
        Assert.Equal(TimeSpan.FromMinutes(10), Assert.Single(_source.PendingTimers).Delay);

        _clock.Speed = 60;
        _source.Advance(9 * Second);
        Assert.Empty(fired);
        _source.Advance(1 * Second);

        Assert.Equal(("minutes", TimeSpan.FromMinutes(10)), Assert.Single(fired));
    }

    [Fact]
    public void no_timer_fires_while_it_is_frozen_or_after_it_was_disposed_of()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        var timer = Timer("never", Second, Second, fired, _clock.GetUtcNow());
        _clock.Freeze();
        _source.Advance(TimeSpan.FromHours(1));
        Assert.Empty(fired);

        timer.Dispose();
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(fired);
        Assert.False(timer.Change(Second, Second));
        Assert.Empty(_source.PendingTimers);
    }

    [Fact]
    public async Task a_delay_of_months_ends_when_the_clock_gets_there()
    {
        var delay = Task.Delay(TimeSpan.FromDays(45), _clock, TestContext.Current.CancellationToken);

        _source.Advance(TimeSpan.FromDays(44));
        Assert.False(delay.IsCompleted);
        _source.Advance(TimeSpan.FromDays(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task a_delay_on_the_machines_own_clock_ends_at_once_when_the_clock_is_advanced()
    {
        var clock = new EmulatorClock(TimeProvider.System);
        var delay = Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);
        var soon = Task.Delay(TimeSpan.FromMilliseconds(20), clock, TestContext.Current.CancellationToken);
        await soon.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromHours(1));

        await delay.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void timers_of_one_instant_all_fire_on_the_thread_that_moves_the_clock()
    {
        var threads = new List<int>();
        var timers = Enumerable.Range(0, 20)
            .Select(_ => _clock.CreateTimer(_ => threads.Add(Environment.CurrentManagedThreadId), null, Second, Timeout.InfiniteTimeSpan))
            .ToArray();

        _clock.Advance(Second);

        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 20), threads);
        Array.ForEach(timers, timer => timer.Dispose());
    }

    [Fact]
    public void many_threads_may_move_it_and_set_timers()
    {
        var start = _clock.GetUtcNow();
        var fired = 0;

        Parallel.For(0, 200, _ =>
        {
            using var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
            _clock.Advance(Second);
        });

        Assert.Equal(start + (200 * Second), _clock.GetUtcNow());
        Assert.Equal(200, fired);
    }

    private ITimer Timer(string name, TimeSpan dueTime, TimeSpan period, List<(string Name, TimeSpan At)> fired, DateTimeOffset start) =>
        _clock.CreateTimer(_ => fired.Add((name, _clock.GetUtcNow() - start)), null, dueTime, period);
}
