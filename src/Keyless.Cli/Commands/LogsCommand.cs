using System.CommandLine;
using System.Globalization;
using Keyless.Cli.Background;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>The log of the emulator in the background, also after its end.</summary>
internal sealed class LogsCommand : ToolCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what is added, until Ctrl+C." };
    private readonly Option<int?> _lines = new("--lines")
    {
        HelpName = "N",
        Description = "Begin with the last N lines only.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines))
                result.AddError($"--lines is '{text}'. Give a whole number, such as 20.");
            return lines;
        },
    };

    public LogsCommand(ToolContext context, GlobalOptions globals)
        : base("logs", "Show the log of the emulator in the background, also after its end.", context, globals)
    {
        Add(_follow);
        Add(_lines);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("keyless logs --lines 20", "what it has said last"),
        new("keyless logs -f", "what it says from now on, too; requests are shown by 'keyless journal tail'"),
    ];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        if (LogFile.PathFor(call.Context.Environment) is not { } path || !File.Exists(path))
            throw new ToolException("There is no log: 'keyless up' has not been used yet.", ExitCodes.Unreachable);

        var (lines, position) = Read(path, 0);
        var skipped = call.Get(_lines) is { } last ? Math.Max(0, lines.Count - last) : 0;
        foreach (var line in lines.Skip(skipped))
            Write(call, line);
        if (!call.Get(_follow))
            return ExitCodes.Ok;

        try
        {
            while (true)
            {
                await call.Context.Output.FlushAsync(cancellationToken);
                await Task.Delay(Pause, call.Context.Time, cancellationToken);
                (lines, position) = Read(path, position);
                foreach (var line in lines)
                    Write(call, line);
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Ok;
        }
    }

    private static (IReadOnlyList<string> Lines, long Position) Read(string path, long position)
    {
        try
        {
            return LogFile.Read(path, position);
        }
        catch (FileNotFoundException)
        {
            // The next one is about to begin.
            return ([], 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The log {path} cannot be read: {e.Message}", ExitCodes.Unexpected);
        }
    }

    private static void Write(Invocation call, string line)
    {
        var (time, text) = LogFile.Parse(line);
        if (call.Json)
        {
            call.WriteJson(new LogLineJson(time, text), ToolJson.OneLine.LogLineJson);
            return;
        }

        var ink = text.StartsWith("Error:", StringComparison.Ordinal) ? Ink.Bad
            : text.StartsWith("Warning:", StringComparison.Ordinal) ? Ink.Warning
            : Ink.Plain;
        var head = time is { } known ? call.Output.Paint(TimeText.Utc(known), Ink.Faint) + "  " : "";
        call.Output.Line(head + call.Output.Paint(Printable.Of(text), ink));
    }
}
