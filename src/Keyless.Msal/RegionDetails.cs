#nullable disable annotations

namespace Keyless.Msal;

/// <summary>The region that was used; managed identities need none.</summary>
/// <param name="regionOutcome">What came of looking for it.</param>
/// <param name="regionUsed">The region.</param>
/// <param name="autoDetectionError">Why it was not found.</param>
public sealed class RegionDetails(RegionOutcome regionOutcome, string regionUsed, string autoDetectionError)
{
    /// <summary>What came of looking for it.</summary>
    public RegionOutcome RegionOutcome { get; } = regionOutcome;

    /// <summary>The region.</summary>
    public string RegionUsed { get; } = regionUsed;

    /// <summary>Why it was not found.</summary>
    public string AutoDetectionError { get; } = autoDetectionError;
}
