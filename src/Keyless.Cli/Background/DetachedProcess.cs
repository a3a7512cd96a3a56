using System.Diagnostics;
using System.Runtime.Versioning;
using Keyless.Cli.Execution;

namespace Keyless.Cli.Background;

/// <summary>The process of an emulator in the background, as the one that has started it sees it.</summary>
internal sealed class DetachedProcess : IDisposable
{
    private readonly Process _process;

    private DetachedProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <param name="program">The program, and what comes before the arguments.</param>
    /// <param name="arguments">The arguments.</param>
    public static DetachedProcess Start(IReadOnlyList<string> program, IEnumerable<string> arguments)
    {
        // On Windows the shell starts it, which passes on no handle of ours: whoever reads this tool's output would wait for the
        // emulator's end otherwise. Elsewhere it has streams of its own until it takes the log for them.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program[0]) { UseShellExecute = true, WindowStyle = ProcessWindowStyle.Hidden }
            : new ProcessStartInfo(program[0])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        foreach (var argument in program.Skip(1).Concat(arguments))
            start.ArgumentList.Add(argument);
        return new DetachedProcess(Process.Start(start)!);
    }

    /// <summary>What it said before it had a log; it must have ended.</summary>
    public string LastWords() => OperatingSystem.IsWindows() ? "" : _process.StandardError.ReadToEnd().Trim();

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose() => _process.Dispose();

    /// <summary>Whether a process has ended, be it any; one that nobody has waited for counts as ended.</summary>
    public static bool HasGone(int id)
    {
        if (!OperatingSystem.IsWindows())
            return LibC.Kill(id, 0) != 0 || IsDefunct(id);

        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsDefunct(int id)
    {
        try
        {
            // The state follows the program's name, which may hold anything.
            var text = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{id}/stat") : "";
            return text.LastIndexOf(") ", StringComparison.Ordinal) is >= 0 and var name && text[name + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
