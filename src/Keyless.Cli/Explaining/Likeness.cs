namespace Keyless.Cli.Explaining;

/// <summary>How like each other two words are.</summary>
internal static class Likeness
{
    private const int LongestWord = 80;
    private const int ShortestPart = 4;

    /// <summary>From 0, nothing in common that matters, to 1, the same word.</summary>
    public static double Of(string word, string known)
    {
        // A long word is like nothing, and comparing it would take long.
        if (word.Length is 0 or > LongestWord)
            return 0;

        var longer = Math.Max(word.Length, known.Length);
        var likeness = 1 - ((double)Distance(word, known) / longer);
        if (likeness >= 2 / 3d)
            return likeness;

        // 'unreachable' is part of several terms.
        var isPart = word.Length >= ShortestPart && known.Contains(word, StringComparison.Ordinal);
        return isPart ? (double)word.Length / longer * (2 / 3d) : 0;
    }

    // Levenshtein's, in one row.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
