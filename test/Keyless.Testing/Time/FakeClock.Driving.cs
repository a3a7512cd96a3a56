using System.Runtime.CompilerServices;

namespace Keyless.Testing;

/// <content>Driving an operation through its pauses.</content>
public sealed partial class FakeClock
{
    /// <summary>Starts an operation and moves the clock to each of its pauses as it comes up, until the operation ends.</summary>
    /// <remarks>
    /// Only timers whose delay counts as a pause move the clock, and of them not those of cancellation sources: these are timeouts and
    /// budgets, and were the clock moved to them, an answer on its way through a real socket would lose against a timeout nobody meant.
    /// </remarks>
    /// <typeparam name="T">What the operation returns.</typeparam>
    /// <param name="operation">What to run.</param>
    /// <param name="isPause">Asked with what each timer was set to: true for those to go through.</param>
    /// <param name="cancellationToken">Ends the wait; the operation has its own.</param>
    /// <returns>What came out, a thrown exception included, and the pauses gone through.</returns>
    /// <exception cref="TimeoutException">Nothing went on for 30 s of real time.</exception>
    [OverloadResolutionPriority(1)]
    public async Task<ClockRun<T>> RunAsync<T>(Func<Task<T>> operation, Predicate<TimeSpan> isPause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var pauses = new List<TimeSpan>();
        var startedAt = GetTimestamp();

        var running = operation();
        while (await PauseAsync(running, isPause, cancellationToken) is { } pause)
        {
            pauses.Add(pause.Delay);
            Advance(pause.DueIn);
        }

        var elapsed = GetElapsedTime(startedAt);
        return await Outcome(running) is { } error
            ? new ClockRun<T>(default, error, pauses, elapsed)
            : new ClockRun<T>(await running, null, pauses, elapsed);
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}}, Predicate{TimeSpan}, CancellationToken)"/>
    public Task<ClockRun<T>> RunAsync<T>(Func<ValueTask<T>> operation, Predicate<TimeSpan> isPause, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return RunAsync(() => operation().AsTask(), isPause, cancellationToken);
    }

    /// <summary>The next pause to go through, or null when the operation has ended.</summary>
    private async Task<PendingTimer?> PauseAsync(Task running, Predicate<TimeSpan> isPause, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pausing = FindTimerAsync(timer => !timer.IsDeadline && isPause(timer.Delay), stop.Token);
        await Task.WhenAny(running, pausing);
        if (!running.IsCompleted)
            return await pausing;

        await stop.CancelAsync();
        await Outcome(pausing);
        return null;
    }

    private static async Task<Exception?> Outcome(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCanceled ? new TaskCanceledException(task) : task.Exception?.InnerException;
    }
}
