using System.Globalization;
using Keyless.Cli.Administration;

namespace Keyless.Cli.Background;

/// <summary>The log of the emulator in the background: a file for this user alone, and the one before it.</summary>
internal static class LogFile
{
    private const string Name = "emulator.log";
    private const string PreviousName = "emulator.previous.log";

    /// <summary>Where it is. Null: this user has no place for it.</summary>
    public static string? PathFor(MachineEnvironment environment) =>
        UserDirectory.OfState(environment) is { } directory ? Path.Combine(directory, Name) : null;

    /// <summary>Begins a new one; the one that is there is kept until the next time.</summary>
    public static void Begin(string path)
    {
        if (File.Exists(path))
            File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, PreviousName), overwrite: true);
        using var made = new FileStream(path, UserDirectory.OwnFile(FileMode.CreateNew));
    }

    /// <summary>
    /// The whole lines from a position on, and the position after them. One that is still being written waits for its end.
    /// </summary>
    public static (IReadOnlyList<string> Lines, long Position) Read(string path, long position)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // A shorter file is another one.
        if (file.Length < position)
            position = 0;
        file.Position = position;
        var bytes = new byte[file.Length - position];
        file.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var lines = System.Text.Encoding.UTF8.GetString(bytes, 0, end).Split('\n');
        return (Array.ConvertAll(lines[..^1], line => line.TrimEnd('\r')), position + end);
    }

    /// <summary>The time and the text of a line. No time: the runtime wrote it.</summary>
    public static (DateTimeOffset? Time, string Text) Parse(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && DateTimeOffset.TryParseExact(
            line.AsSpan(0, space), LogWriter.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? (time, line[(space + 1)..])
                : (null, line);
    }
}
