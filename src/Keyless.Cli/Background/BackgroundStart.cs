using System.ComponentModel;
using Keyless.Cli.Administration;
using Keyless.Cli.Commands;
using Keyless.Cli.Output;

namespace Keyless.Cli.Background;

/// <summary>Starts the emulator in the background, unless it is there already, and waits until it is ready.</summary>
internal sealed class BackgroundStart(Invocation call)
{
    private const int TailLines = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private MachineEnvironment Machine => call.Context.Environment;

    /// <param name="arguments">What it is to be started with, and is known by.</param>
    /// <param name="settings">What tells it from one that was started otherwise.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Gives up; what was started meanwhile is ended.</param>
    /// <returns>The emulator, and whether it was there already.</returns>
    /// <exception cref="ToolException">It does not start, or another one is there.</exception>
    public async Task<(AdminRecord Record, bool WasThere)> RunAsync(
        IEnumerable<string> arguments, IReadOnlyList<string> settings, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (UserDirectory.OfRunning(Machine) is null || LogFile.PathFor(Machine) is not { } log)
        {
            throw ToolException.Usage(
                "There is no directory for its files and its log. Set "
                + $"{(OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "HOME or XDG_STATE_HOME")}.");
        }

        using var deadline = new CancellationTokenSource(limit, call.Context.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            UserDirectory.Create(Path.GetDirectoryName(log)!);
            using var turn = await TakeTurnAsync(Path.ChangeExtension(log, ".lock"), ending.Token);
            if (await FindAsync(Machine, ending.Token) is { } there)
                return (RequireSame(there, settings), true);

            LogFile.Begin(log);
            return (await StartAsync(log, arguments, ending.Token), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ShowTail(log);
            throw new ToolException(
                "The emulator was not ready in time and has been ended. --timeout gives it more time.", ExitCodes.TimedOut);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The log {log} cannot be written: {e.Message}", ExitCodes.Unexpected);
        }
    }

    /// <summary>The emulator that runs in the background. Null: there is none.</summary>
    public static async Task<AdminRecord?> FindAsync(MachineEnvironment machine, CancellationToken cancellationToken) =>
        (await AdminClient.FindAllAsync(machine, cancellationToken)).FirstOrDefault(record => record.IsBackground);

    // Of several calls at once the first starts it, and the others find it.
    private async Task<FileStream> TakeTurnAsync(string file, CancellationToken cancellationToken)
    {
        var options = UserDirectory.OwnFile(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        options.Options = FileOptions.DeleteOnClose;
        while (true)
        {
            try
            {
                return new FileStream(file, options);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(Pause, call.Context.Time, cancellationToken);
            }
        }
    }

    private static AdminRecord RequireSame(AdminRecord there, IReadOnlyList<string> settings)
    {
        if (there.Settings.SequenceEqual(settings, StringComparer.Ordinal))
            return there;

        throw ToolException.Usage(
            $"An emulator is up already, but otherwise than asked for: it has {Describe(there.Settings)}, asked for is "
            + $"{Describe(settings)}. "
            + "Nothing was changed. End it with 'keyless down', then start it anew.");

        static string Describe(IReadOnlyList<string> settings) => settings.Count == 0 ? "no options" : string.Join(' ', settings);
    }

    private async Task<AdminRecord> StartAsync(string log, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Launch(["emulate", EmulateCommand.LogName, log, .. arguments]);
        try
        {
            while (true)
            {
                var hasEnded = process.HasEnded;
                var record = AdminFile.ReadAll(Machine).FirstOrDefault(each => each.Process == process.Id);
                if (record is not null && await AdminClient.IsReadyAsync(record.Admin, cancellationToken))
                    return record;
                if (hasEnded)
                {
                    ShowTail(log, process.LastWords());
                    throw new ToolException("The emulator has not started. What hindered it stands above.", ExitCodes.Unexpected);
                }

                await Task.Delay(Pause, call.Context.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            foreach (var record in AdminFile.ReadAll(Machine).Where(each => each.Process == process.Id))
                AdminFile.Forget(record.Path);
            throw;
        }
    }

    private DetachedProcess Launch(IEnumerable<string> arguments)
    {
        var program = call.Context.OwnProgram();
        try
        {
            return DetachedProcess.Start(program, arguments);
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"{program[0]} can't be started: {e.Message}. Use 'keyless emulate'.", ExitCodes.Unexpected);
        }
    }

    private void ShowTail(string log, string lastWords = "")
    {
        var lines = File.Exists(log) ? LogFile.Read(log, 0).Lines : [];
        if (lines.Count > 0)
            call.Error.Line($"The end of its log, {Printable.Of(log)}:", Ink.Faint);
        else
            lines = lastWords.Split('\n');
        foreach (var line in lines.Skip(Math.Max(0, lines.Count - TailLines)).Where(line => line.Length > 0))
            call.Error.Line($"  {Printable.Of(LogFile.Parse(line).Text)}");
    }
}
