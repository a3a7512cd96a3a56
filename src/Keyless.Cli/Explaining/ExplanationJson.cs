namespace Keyless.Cli.Explaining;

/// <summary>What a term means, for programs.</summary>
internal sealed record ExplanationJson(
    string Term, string Type, string? SameAs, string? Meaning, string? Cure, IReadOnlyList<FailureKindJson> Kinds)
{
    public static ExplanationJson Of(Explanation explanation) => new(
        explanation.Term,
        explanation.Type switch
        {
            TermType.FailureKind => "failureKind",
            TermType.ErrorCode => "errorCode",
            TermType.ExitCode => "exitCode",
            TermType.EntraError => "entraError",
            _ => throw new ArgumentOutOfRangeException(nameof(explanation), explanation.Type, "A type of term without a name."),
        },
        explanation.SameAs,
        explanation.Meaning,
        explanation.Cure,
        [.. explanation.Kinds.Select(FailureKindJson.Of)]);
}

/// <summary>A kind of failure, for programs.</summary>
internal sealed record FailureKindJson(string Kind, string ErrorCode, bool IsTransient, int ExitCode, string Meaning, string Cure)
{
    public static FailureKindJson Of(FailureGuide guide) => new(
        guide.Kind.ToString(), guide.ErrorCode, guide.IsTransient, ExitCodes.For(guide.Kind), guide.Meaning, guide.Cure);
}

/// <summary>All kinds of failure, for programs.</summary>
internal sealed record FailureKindsJson(IReadOnlyList<FailureKindJson> Kinds);
