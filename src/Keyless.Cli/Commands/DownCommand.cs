using System.CommandLine;
using Keyless.Cli.Administration;
using Keyless.Cli.Background;
using Keyless.Cli.Options;
using Keyless.Cli.Output;

namespace Keyless.Cli.Commands;

/// <summary>Ends the emulator in the background, by asking it to; no process is killed.</summary>
internal sealed class DownCommand : ToolCommand
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Option<string?> _keyFile = AdminOptions.KeyFileOption(
        $"A file with the emulator's admin key. The default is the variable {AdminOptions.KeyVariable}.");
    private readonly Option<TimeSpan?> _timeout = DurationOption.Make(
        "--timeout", "How long to wait until it has ended; the default is 30s.", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    public DownCommand(ToolContext context, GlobalOptions globals)
        : base("down", "End the emulator in the background.", context, globals)
    {
        Add(_keyFile);
        Add(_timeout);
    }

    public override IReadOnlyList<Example> Examples { get; } = [new("keyless down", "ends what 'keyless up' has started, if it runs")];

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var running = await AdminClient.FindAllAsync(call.Context.Environment, cancellationToken);
        if (running.FirstOrDefault(record => record.IsBackground) is not { } record)
        {
            Report(call, new DownJson(false, null), "No emulator runs in the background.");
            if (running.Count > 0 && !call.Json)
                call.Output.Line($"One runs in a terminal, with its admin API at {running[0].Admin}: Ctrl+C there ends it.", Ink.Faint);
            return ExitCodes.Ok;
        }

        var key = AdminOptions.ReadKey(call.Get(_keyFile), call.Context);
        await EndAsync(record, key, call.Get(_timeout) ?? UsualLimit, call, cancellationToken);
        Report(call, new DownJson(true, record.Process), $"The emulator has ended, process {record.Process}.");
        return ExitCodes.Ok;
    }

    private static void Report(Invocation call, DownJson result, string text)
    {
        if (call.Json)
            call.WriteJson(result, ToolJson.Indented.DownJson);
        else
            call.Output.Line(text, result.WasRunning ? Ink.Good : Ink.Plain);
    }

    private static async Task EndAsync(
        AdminRecord record, string? key, TimeSpan limit, Invocation call, CancellationToken cancellationToken)
    {
        using var client = AdminClient.Of(record.Admin, key);

        // The port may be another emulator's by now, which nobody wants to end.
        var state = await client.GetAsync("", cancellationToken);
        if (!state.TryGetProperty("process", out var process) || process.GetInt32() != record.Process)
        {
            AdminFile.Forget(record.Path);
            throw new ToolException(
                $"What answers at {record.Admin} is not the emulator of process {record.Process}, and was not touched. Its file was out "
                + "of date and is gone.",
                ExitCodes.Refused);
        }

        await client.ShutDownAsync(cancellationToken);
        using var deadline = new CancellationTokenSource(limit, call.Context.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            // Its file goes last, after its ports and whatever else it has made.
            while (File.Exists(record.Path) || !DetachedProcess.HasGone(record.Process.Value))
                await Task.Delay(Pause, call.Context.Time, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException(
                $"The emulator was asked to end, but process {record.Process} is still there. Its log is "
                + $"{record.Log}.", ExitCodes.TimedOut);
        }
    }
}
