namespace Keyless.Cli.Explaining;

/// <summary>What a term is.</summary>
internal enum TermType
{
    FailureKind,
    ErrorCode,
    ExitCode,
    EntraError,
}

/// <summary>What a term means, and what to do about it.</summary>
internal sealed record Explanation
{
    public required TermType Type { get; init; }

    /// <summary>The term as it is spelled where it comes from.</summary>
    public required string Term { get; init; }

    /// <summary>The code that this one means the same as, if it is only another word for it.</summary>
    public string? SameAs { get; init; }

    /// <summary>What it means. Null where the kinds alone say it.</summary>
    public string? Meaning { get; init; }

    /// <summary>What to do. Null where there is nothing to do, or where it depends on the kind.</summary>
    public string? Cure { get; init; }

    /// <summary>The kinds of failure that the term stands for, or shows as.</summary>
    public IReadOnlyList<FailureGuide> Kinds { get; init; } = [];
}
