namespace Keyless.Emulator.Configuration;

/// <summary>What came of a change of the configuration file.</summary>
/// <param name="Changes">What changed; empty where only secrets, comments or blanks did, or where nothing could be changed.</param>
/// <param name="Refusal">Why everything stays as it was, with lines where the file is at fault. Null: the new file is in force.</param>
public sealed record ConfigurationReload(IReadOnlyList<ConfigurationChange> Changes, string? Refusal);
