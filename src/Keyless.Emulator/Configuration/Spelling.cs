namespace Keyless.Emulator.Configuration;

/// <summary>Finds what somebody who mistyped a word most likely meant.</summary>
internal static class Spelling
{
    /// <summary>The known word that is nearest to a given one. Null: none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var limit = Math.Max(1, word.Length / 3);
        return known
            .Select(candidate => new { Word = candidate, Distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant()) })
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();
    }

    // Levenshtein's, in one row. A long word is near to nothing, and would take long.
    private static int Distance(string one, string other)
    {
        if (one.Length > 64)
            return int.MaxValue;

        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                var change = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
