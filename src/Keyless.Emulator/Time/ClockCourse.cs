namespace Keyless.Emulator.Time;

/// <summary>How a clock runs from a certain moment on. Immutable: whoever reads it needs no lock.</summary>
/// <param name="Source">The clock that is followed.</param>
/// <param name="Utc">The time at that moment.</param>
/// <param name="Ticks">The timestamp at that moment, in ticks of 100 ns.</param>
/// <param name="SourceUtc">What the followed clock's time then was.</param>
/// <param name="SourceTimestamp">What the followed clock's timestamp then was.</param>
/// <param name="Speed">How much faster it runs than the followed clock.</param>
/// <param name="IsFrozen">Whether it stands still.</param>
internal sealed record ClockCourse(
    TimeProvider Source,
    DateTimeOffset Utc,
    long Ticks,
    DateTimeOffset SourceUtc,
    long SourceTimestamp,
    double Speed,
    bool IsFrozen)
{
    public static ClockCourse Following(TimeProvider source)
    {
        var now = source.GetUtcNow();

        // As of a machine that has been up for a day: zero is taken for "never" too easily.
        return new ClockCourse(source, now, TimeSpan.TicksPerDay, now, source.GetTimestamp(), Speed: 1, IsFrozen: false);
    }

    // At its own pace the followed clock also passes on the corrections that are made to it.
    public DateTimeOffset UtcNow() => IsFrozen ? Utc
        : IsOrdinary ? Utc + (Source.GetUtcNow() - SourceUtc)
        : Utc + TimeSpan.FromTicks(Elapsed());

    public long TicksNow() => IsFrozen ? Ticks : Ticks + Elapsed();

    /// <summary>The same course, told from now on.</summary>
    public ClockCourse FromNow() => this with
    {
        Utc = UtcNow(),
        Ticks = TicksNow(),
        SourceUtc = Source.GetUtcNow(),
        SourceTimestamp = Source.GetTimestamp(),
    };

    /// <summary>How long the followed clock takes to an instant of this one. Null: it never gets there.</summary>
    public TimeSpan? UntilDue(long dueAt)
    {
        var ticks = dueAt - TicksNow();
        if (ticks <= 0)
            return TimeSpan.Zero;
        if (IsFrozen)
            return null;
        return TimeSpan.FromTicks(IsOrdinary ? ticks : (long)Math.Min(Math.Ceiling(ticks / Speed), long.MaxValue / 2));
    }

    private bool IsOrdinary => Speed is 1;

    private long Elapsed()
    {
        var ticks = Source.GetElapsedTime(SourceTimestamp).Ticks;
        return IsOrdinary ? ticks : (long)(ticks * Speed);
    }
}
