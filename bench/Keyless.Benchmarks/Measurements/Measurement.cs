using System.Globalization;

namespace Keyless.Benchmarks.Measurements;

/// <summary>
/// What is counted or timed once rather than over and over: each in a process of its own, since both libraries keep things for the life
/// of one. Prints names and numbers.
/// </summary>
internal static class Measurement
{
    public const string Quick = "quick";

    /// <summary>Runs one.</summary>
    /// <param name="what">Its name, the contender and what else it takes, and perhaps <see cref="Quick"/>.</param>
    public static Task RunAsync(string[] what)
    {
        var quick = what[^1] == Quick;
        return what switch
        {
            [ColdKey.Name, var contender, ..] => ColdKey.RunAsync(contender),
            [ColdResources.Name, var contender, var source, ..] => ColdResources.RunAsync(contender, source, rounds: quick ? 1 : 5),
            [RefreshWindow.Name, var contender, ..] => RefreshWindow.RunAsync(contender),
            [Threads.Name, var contender, ..] => Threads.RunAsync(contender, quick),
            [Memory.Name, var contender, var tokens, ..] => Memory.RunAsync(contender, quick ? 100 : int.Parse(tokens, CultureInfo.InvariantCulture)),
            [FirstToken.Name, var contender, ..] => FirstToken.RunAsync(contender),
            [WarmFetch.Name, ..] => WarmFetch.RunAsync(rounds: quick ? 1 : 45, fetches: quick ? 10 : 1_000),
            [Sweep.Name, ..] => Sweep.RunAsync(capacity: quick ? 1_000 : 100_000),
            _ => throw new ArgumentException($"There is no measurement '{string.Join(' ', what)}'.", nameof(what)),
        };
    }

    public static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:R}"));
}
