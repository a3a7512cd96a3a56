namespace Keyless.Emulator.Faults;

/// <summary>The state of a plan's scenario, which may be due to change by itself.</summary>
/// <param name="startedAt">When the plan was made.</param>
internal sealed class ScenarioState(DateTimeOffset startedAt)
{
    private (DateTimeOffset At, string? Name)? _next;

    /// <summary>Its name. Null: the one that every plan begins in.</summary>
    public string? Name { get; private set; }

    /// <summary>When it was entered, by the emulator's clock.</summary>
    public DateTimeOffset Since { get; private set; } = startedAt;

    /// <summary>What it changes into by itself, and when. Null: it stays.</summary>
    public (DateTimeOffset At, string? Name)? Next => _next;

    /// <summary>Makes the change that has come due.</summary>
    public void Settle(DateTimeOffset now)
    {
        if (_next is { } next && now >= next.At)
            Enter(next.Name, next.At);
    }

    public void Enter(string? name, DateTimeOffset now)
    {
        (Name, Since) = (name, now);
        _next = null;
    }

    /// <summary>Has it change by itself, in place of another change that was due; the same change stays due as it was.</summary>
    public void EnterLater(string? name, DateTimeOffset at)
    {
        if (_next is not { } next || next.Name != name)
            _next = (at, name);
    }
}
