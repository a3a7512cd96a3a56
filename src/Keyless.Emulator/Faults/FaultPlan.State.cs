namespace Keyless.Emulator.Faults;

/// <content>The state of the scenario that the rules make up.</content>
public sealed partial class FaultPlan
{
    /// <summary>The state of the scenario that the rules make up (<see cref="FaultWhen.State"/>, <see cref="FaultRule.NextState"/>).</summary>
    /// <remarks>
    /// It changes with a request, by a rule that fires; by time, if the rule says after how long or <see cref="SetState"/> did; and by whoever
    /// sets it.
    /// </remarks>
    /// <value>At first null.</value>
    public string? State
    {
        get
        {
            lock (_gate)
            {
                _state.Settle(_clock.GetUtcNow());
                return _state.Name;
            }
        }

        set
        {
            lock (_gate)
                _state.Enter(value, _clock.GetUtcNow());
        }
    }

    /// <summary>Sets the state, and has it change by itself once some time has passed by the emulator's clock.</summary>
    /// <param name="state">The state.</param>
    /// <param name="lasting">How long it lasts, unless it is changed before. More than nothing.</param>
    /// <param name="next">The state behind it. Null: the one that every plan begins in.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is none.</exception>
    public void SetState(string? state, TimeSpan lasting, string? next = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lasting, TimeSpan.Zero);
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            _state.Enter(state, now);
            _state.EnterLater(next, now + lasting);
        }
    }

    /// <summary>What the state changes into by itself, and when. Null: it stays.</summary>
    internal (DateTimeOffset At, string? Name)? NextState
    {
        get
        {
            lock (_gate)
            {
                _state.Settle(_clock.GetUtcNow());
                return _state.Next;
            }
        }
    }

    private void Advance(FaultRule rule, DateTimeOffset now)
    {
        // A rule that fires again while its state lasts does not begin it anew.
        if (rule.NextState is not { } next || next == _state.Name)
            return;
        if (rule.NextStateAfter is { } after && after > TimeSpan.Zero)
            _state.EnterLater(next, now + after);
        else
            _state.Enter(next, now);
    }
}
