using System.Globalization;
using System.Runtime.InteropServices;

namespace Keyless.StartUp;

/// <summary>The page that is written: tables in Markdown, and the goals at its end.</summary>
internal sealed class Report(TextWriter output)
{
    private readonly List<string> _goals = [];

    public void Head(string build)
    {
        Line($"# How fast programs start");
        Line($"");
        Line($"```sh");
        Line($"bench/start-up.sh");
        Line($"```");
        Line($"");
        Line($"Whole processes, from their start to their end, each getting one token from the same emulator on loopback. The");
        Line($"programs run in turn; the first five rounds do not count. \"Processor\" is user and system time of all threads.");
        var (system, framework) = (RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription);
        Line($"{Environment.ProcessorCount} cores, {system}, {framework}; native code by {build}.");
    }

    public void Section(FormattableString title, FormattableString text)
    {
        Line($"");
        Line($"## {title.ToString(CultureInfo.InvariantCulture)}");
        Line($"");
        Line(text);
        Line($"");
    }

    /// <summary>A table of programs, compared with the first of them.</summary>
    public void Table(bool sizes, params IReadOnlyList<Candidate> candidates)
    {
        Line($"| Program | median | 9 in 10 below | processor | × the first |{(sizes ? " file |" : "")}");
        Line($"|---|---|---|---|---|{(sizes ? "---|" : "")}");
        foreach (var one in candidates)
        {
            var (median, ninth, processor) = (one.Wall.Median(), one.Wall.Ninth(), one.Processor.Median());
            var ratio = Ratio(one, candidates[0]);
            Line($"| {one.Name} | {median:0.0} ms | {ninth:0.0} ms | {processor:0.0} ms | {ratio:0.00} |{SizeOf(one, sizes)}");
        }
    }

    public void Times(FormattableString what, List<double> times) =>
        Line($"| {what.ToString(CultureInfo.InvariantCulture)} | {times.Median():0} ms | {times.Ninth():0} ms |");

    /// <summary>The share of another's time that one takes.</summary>
    public static double Ratio(Candidate one, Candidate other) => one.Wall.Median() / other.Wall.Median();

    public void Goal(FormattableString goal, FormattableString measured, bool met) =>
        _goals.Add(FormattableString.Invariant($"| {goal} | {measured} | {(met ? "met" : "**missed**")} |"));

    public void Goals()
    {
        Line($"");
        Line($"## Goals");
        Line($"");
        Line($"| Goal | measured | |");
        Line($"|---|---|---|");
        foreach (var goal in _goals)
            output.WriteLine(goal);
    }

    public void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static string SizeOf(Candidate one, bool isWanted)
    {
        FormattableString size = $" {one.Size / 1e6:0.0} MB |";
        return isWanted ? size.ToString(CultureInfo.InvariantCulture) : "";
    }
}
