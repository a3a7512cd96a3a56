namespace Keyless.Testing;

/// <content>Waiting, in real time, until the code under test waits on the clock; so that no test sleeps.</content>
public sealed partial class FakeClock
{
    private readonly List<Waiter> _waiters = [];

    /// <summary>Completes once at least this many timers wait.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It did not happen within 30 s of real time.</exception>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return WaitAsync(() => _timers.ElementAtOrDefault(count - 1), $"{count} timers", cancellationToken);
    }

    /// <summary>Completes once any timer waits; answers with how far ahead the first one is due.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It did not happen within 30 s of real time.</exception>
    public Task<TimeSpan> NextTimerAsync(CancellationToken cancellationToken = default) => WaitForTimerAsync(_ => true, cancellationToken);

    /// <summary>Completes once a timer waits that was set to a matching delay; answers with how far ahead it is due.</summary>
    /// <param name="delay">
    /// Asked with what each timer was set to, which, unlike the time left, does not change while the clock moves: a test can tell
    /// a pause of 2 s from a budget of 30 s that has 2 s left.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It did not happen within 30 s of real time.</exception>
    public async Task<TimeSpan> WaitForTimerAsync(Predicate<TimeSpan> delay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delay);
        return (await FindTimerAsync(timer => delay(timer.Delay), cancellationToken)).DueIn;
    }

    /// <summary>Waits until any timer waits, then moves the clock exactly to the first one. Answers with the distance.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It did not happen within 30 s of real time.</exception>
    public Task<TimeSpan> AdvanceToNextTimerAsync(CancellationToken cancellationToken = default) => AdvanceToTimerAsync(_ => true, cancellationToken);

    /// <summary>Waits for a timer as <see cref="WaitForTimerAsync"/> does, then moves the clock exactly to it. Answers with the distance.</summary>
    /// <param name="delay">Asked with what each timer was set to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It did not happen within 30 s of real time.</exception>
    public async Task<TimeSpan> AdvanceToTimerAsync(Predicate<TimeSpan> delay, CancellationToken cancellationToken = default)
    {
        var dueIn = await WaitForTimerAsync(delay, cancellationToken);
        Advance(dueIn);
        return dueIn;
    }

    private Task<PendingTimer> FindTimerAsync(Predicate<FakeTimer> matches, CancellationToken cancellationToken) =>
        WaitAsync(() => _timers.Find(matches), "a timer with a matching delay", cancellationToken);

    private async Task<PendingTimer> WaitAsync(Func<FakeTimer?> find, string wanted, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(find);
        lock (_lock)
        {
            _waiters.Add(waiter);
            AnswerWaiters();
        }

        try
        {
            return await waiter.Answer.Task.WithPatienceAsync(() => $"{wanted} did not come up. {Describe()}", cancellationToken);
        }
        finally
        {
            lock (_lock)
                _waiters.Remove(waiter);
        }
    }

    private string Describe() =>
        PendingTimers is { Count: > 0 } timers
            ? $"Waiting: {string.Join(", ", timers.Select(timer => $"{timer.Delay} (due in {timer.DueIn})"))}."
            : "No timer waits.";

    private void AnswerWaiters()
    {
        foreach (var waiter in _waiters)
        {
            if (!waiter.Answer.Task.IsCompleted && waiter.Find() is { } timer)
                waiter.Answer.SetResult(Describe(timer));
        }
    }

    private sealed class Waiter(Func<FakeTimer?> find)
    {
        public Func<FakeTimer?> Find { get; } = find;

        public TaskCompletionSource<PendingTimer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
