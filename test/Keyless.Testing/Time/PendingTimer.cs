namespace Keyless.Testing;

/// <summary>A timer that waits on a <see cref="FakeClock"/>.</summary>
/// <param name="Delay">What it was asked to wait for when it was last set; it stays the same while time passes.</param>
/// <param name="DueIn">How far the clock must still move until it fires.</param>
/// <param name="Period">The pause between later firings, or <see cref="Timeout.InfiniteTimeSpan"/> for a timer that fires once.</param>
public sealed record PendingTimer(TimeSpan Delay, TimeSpan DueIn, TimeSpan Period);
