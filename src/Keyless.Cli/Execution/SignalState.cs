using System.Globalization;

namespace Keyless.Cli.Execution;

/// <summary>What this process was started with, as far as signals go.</summary>
internal static class SignalState
{
    private const string Mask = "SigIgn:";

    /// <summary>The numbers of the signals that are ignored, where the system shows them; elsewhere none.</summary>
    public static IReadOnlySet<int> Ignored()
    {
        var line = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/status").FirstOrDefault(each => each.StartsWith(Mask, StringComparison.Ordinal))
            : null;
        if (line is null)
            return new HashSet<int>();
        var bits = ulong.Parse(line.AsSpan(Mask.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return Enumerable.Range(1, 64).Where(number => (bits >> (number - 1) & 1) != 0).ToHashSet();
    }

    /// <summary>Whether this process has a child, even one whose start is still under way.</summary>
    public static bool HasChild() => !OperatingSystem.IsWindows() && LibC.HasChild();

    /// <summary>Whether the terminal's keys, such as Ctrl+C, send their signals to this process and its children.</summary>
    public static bool IsInForeground()
    {
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            using var terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return LibC.ForegroundGroup(terminal) == LibC.OwnGroup();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
