namespace Keyless.Cli.Explaining;

/// <summary>All terms that can be explained.</summary>
internal static class Glossary
{
    private const int MostSuggestions = 3;
    private const int MostDigitsOfExitCode = 3;

    public static IEnumerable<Explanation> All =>
        FailureGuide.All.Select(Of).Concat(ErrorCodeGuide.All).Concat(ExitCodeGuide.All).Concat(EntraErrorGuide.All);

    /// <summary>The explanation of a term. Null: it is not known.</summary>
    public static Explanation? Find(string term)
    {
        var wanted = Plain(term);
        return All.FirstOrDefault(known => Spellings(known).Contains(wanted, StringComparer.Ordinal));
    }

    /// <summary>What a term is by its form, where that is a number. Null: it is none.</summary>
    public static TermType? NumberOf(string term)
    {
        var plain = Plain(term);
        var prefixed = plain.StartsWith(EntraErrorGuide.Prefix, StringComparison.OrdinalIgnoreCase);
        var digits = prefixed ? plain[EntraErrorGuide.Prefix.Length..] : plain;
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
            return null;
        return prefixed || digits.Length > MostDigitsOfExitCode ? TermType.EntraError : TermType.ExitCode;
    }

    /// <summary>The kinds and codes that somebody may have meant, the likeliest first.</summary>
    public static IReadOnlyList<string> Nearest(string term)
    {
        var wanted = Plain(term);
        return
        [
            .. FailureGuide.All.Select(Of).Concat(ErrorCodeGuide.All)
                .Select(known => new { known.Term, Likeness = Spellings(known).Max(spelling => Likeness.Of(wanted, spelling)) })
                .Where(known => known.Likeness > 0)
                .OrderByDescending(known => known.Likeness)
                .Take(MostSuggestions)
                .Select(known => known.Term),
        ];
    }

    private static Explanation Of(FailureGuide guide) =>
        new() { Type = TermType.FailureKind, Term = guide.Kind.ToString(), Meaning = guide.Meaning, Cure = guide.Cure, Kinds = [guide] };

    private static IEnumerable<string> Spellings(Explanation known)
    {
        yield return Plain(known.Term);
        if (known.Type == TermType.EntraError)
            yield return known.Term[EntraErrorGuide.Prefix.Length..];
    }

    // endpoint-unreachable is EndpointUnreachable; the colon is what follows a number where the text was copied from.
    private static string Plain(string term) =>
        string.Concat(term.Trim().TrimEnd(':', '.').Where(static c => c is not ('-' or '_'))).ToLowerInvariant();
}
