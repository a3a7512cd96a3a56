namespace Keyless.Caching;

internal enum EntryState
{
    /// <summary>Handed out as it is.</summary>
    Fresh,

    /// <summary>Handed out, and renewed in the background.</summary>
    Stale,

    /// <summary>Not handed out: callers wait for a new one.</summary>
    Invalid,
}
