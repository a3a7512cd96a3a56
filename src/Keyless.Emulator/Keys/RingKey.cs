namespace Keyless.Emulator.Keys;

/// <summary>A key on a ring.</summary>
/// <param name="Key">The key.</param>
/// <param name="State">What it was last made; a retiring one goes by the clock.</param>
/// <param name="CreatedOn">When it was made, or imported.</param>
internal sealed record RingKey(SigningKey Key, KeyState State, DateTimeOffset CreatedOn)
{
    public DateTimeOffset? ActiveSince { get; init; }

    public DateTimeOffset? GoneOn { get; init; }

    public KeyState StateAt(DateTimeOffset now) => State == KeyState.Gone || GoneOn <= now ? KeyState.Gone : State;

    public RingKey Activate(DateTimeOffset now) => this with { State = KeyState.Active, ActiveSince = now, GoneOn = null };

    public RingKey Retire(DateTimeOffset goneOn) => this with { State = KeyState.Retiring, GoneOn = goneOn };

    public RingKey Remove(DateTimeOffset now) => this with { State = KeyState.Gone, GoneOn = now };

    public EmulatedKey Describe(DateTimeOffset now) => new(Key.Id, StateAt(now), Key.Fingerprint, CreatedOn, ActiveSince, GoneOn);
}
