namespace Keyless.Emulator.Journaling;

/// <summary>What all journals of an emulator share: the count of requests, the clock, and what must not be shown.</summary>
internal sealed class JournalBooks(TimeProvider clock, bool showSecrets)
{
    private long _last;

    public TimeProvider Clock => clock;

    public Redaction Redaction { get; } = new(showSecrets);

    public long NextNumber() => Interlocked.Increment(ref _last);
}
