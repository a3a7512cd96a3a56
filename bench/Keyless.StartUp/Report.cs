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
        Line($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; native code by {build}.");
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
        Line($"| Program | median | 9 in 10 below | processor | × the first | peak memory |{(sizes ? " file |" : "")}");
        Line($"|---|---|---|---|---|---|{(sizes ? "---|" : "")}");
        foreach (var one in candidates)
        {
            var size = sizes ? string.Create(CultureInfo.InvariantCulture, $" {one.Size / 1e6:0.0} MB |") : "";
            Line(
                $"| {one.Name} | {one.Wall.Median():0.0} ms | {one.Wall.Ninth():0.0} ms | {one.Processor.Median():0.0} ms "
                + $"| {Ratio(one, candidates[0]):0.00} | {one.PeakMegabytes:0} MB |{size}");
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
}
