using System.Diagnostics.CodeAnalysis;

namespace Keyless.Cli.Diagnosis;

/// <summary>A diagnosis, for programs.</summary>
internal sealed record DoctorJson(int Errors, int Warnings, int Notes, int Checks, string? Asked, IReadOnlyList<FindingJson> Findings)
{
    public static DoctorJson Of(IReadOnlyList<Finding> findings, string? asked) => new(
        findings.Count(finding => finding.Severity == Severity.Error),
        findings.Count(finding => finding.Severity == Severity.Warning),
        findings.Count(finding => finding.Severity == Severity.Note),
        Doctor.Checks.Count,
        asked,
        [.. findings.Select(FindingJson.Of)]);
}

/// <summary>A finding, for programs.</summary>
internal sealed record FindingJson(string Id, string Severity, string Finding, string Remedy)
{
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "A name, not to compare.")]
    public static FindingJson Of(Finding finding) =>
        new(finding.Id, finding.Severity.ToString().ToLowerInvariant(), finding.Text, finding.Remedy);
}
