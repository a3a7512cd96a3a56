namespace Keyless.StartUp;

/// <summary>Runs programs in turn, so that whatever else the machine does falls on all of them alike.</summary>
internal static class Comparison
{
    private const int WarmUps = 5;

    public static void Run(int rounds, IReadOnlyDictionary<string, string> variables, params IReadOnlyList<Candidate> candidates)
    {
        for (var round = -WarmUps; round < rounds; round++)
        {
            foreach (var candidate in candidates)
                candidate.Run(variables, counts: round >= 0);
        }
    }

    public static double Median(this List<double> values) => At(values, 0.5);

    /// <summary>The value that one in ten is above.</summary>
    public static double Ninth(this List<double> values) => At(values, 0.9);

    private static double At(List<double> values, double part)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)((sorted.Length - 1) * part)];
    }
}
