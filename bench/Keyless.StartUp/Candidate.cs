using System.Diagnostics;

namespace Keyless.StartUp;

/// <summary>A program that takes part in a comparison.</summary>
internal sealed class Candidate(string name, string file, params string[] arguments)
{
    public string Name { get; } = name;

    /// <summary>How many bytes the program's file has.</summary>
    public long Size { get; } = new FileInfo(file).Length;

    public List<double> Wall { get; } = [];

    public List<double> Processor { get; } = [];

    /// <summary>Runs it to its end.</summary>
    /// <param name="variables">All variables that it is given.</param>
    /// <param name="counts">Whether the run counts; those for warming up do not.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public void Run(IEnumerable<KeyValuePair<string, string>> variables, bool counts)
    {
        string?[] given = [.. variables.Select(variable => $"{variable.Key}={variable.Value}"), null];
        var actions = default(LibC.FileActions);
        _ = LibC.Begin(ref actions);
        _ = LibC.AddOpen(ref actions, 1, "/dev/null", LibC.WriteOnly, 0);

        var started = Stopwatch.GetTimestamp();
        if (LibC.Spawn(out var process, file, ref actions, 0, [file, .. arguments, null], given) is not 0 and var error)
            throw new InvalidOperationException($"{file} could not be started: error {error}.");
        _ = LibC.Wait(process, out var status, 0, out var usage);
        var wall = Stopwatch.GetElapsedTime(started).TotalMilliseconds;

        _ = LibC.End(ref actions);
        if (status != 0)
            throw new InvalidOperationException($"{file} ended with status {status}; what it said stands above.");
        if (!counts)
            return;
        Wall.Add(wall);
        Processor.Add(usage.Milliseconds);
    }
}
