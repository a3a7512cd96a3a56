using Keyless.Emulator.Diagnostics;

namespace Keyless.Emulator.Journaling;

/// <summary>What all journals of an emulator share: the count of requests, the clock, what must not be shown, and the log.</summary>
internal sealed class JournalBooks(TimeProvider clock, bool showSecrets, ExchangeLog? log = null)
{
    private long _last;

    public TimeProvider Clock => clock;

    public Redaction Redaction { get; } = new(showSecrets);

    /// <summary>Where exchanges are logged beside the journals. Null: nowhere.</summary>
    public ExchangeLog? Log => log;

    public long NextNumber() => Interlocked.Increment(ref _last);
}
