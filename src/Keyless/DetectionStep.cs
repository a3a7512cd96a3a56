namespace Keyless;

/// <summary>One rule of source detection and what came of it.</summary>
/// <param name="Source">The source that the rule looks for.</param>
/// <param name="Rule">The rule, such as <c>IDENTITY_ENDPOINT and IDENTITY_HEADER are set</c>.</param>
/// <param name="Applies">Whether the rule chose its source.</param>
/// <param name="Reason">Why it did or did not, in terms of what is set on this machine; no values of secrets.</param>
public sealed record DetectionStep(SourceKind Source, string Rule, bool Applies, string Reason);
