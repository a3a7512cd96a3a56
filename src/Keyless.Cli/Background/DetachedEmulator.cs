using System.Diagnostics.CodeAnalysis;
using Keyless.Cli.Administration;
using Keyless.Cli.Commands;
using Keyless.Cli.Emulation;
using Keyless.Cli.Execution;
using Keyless.Cli.Options;

namespace Keyless.Cli.Background;

/// <summary>
/// An emulator that has left the terminal: a session of its own, a log in place of the streams. It runs in the process of
/// 'keyless emulate --log'.
/// </summary>
internal static class DetachedEmulator
{
    /// <exception cref="ToolException">The log cannot be written, or the emulator can't start.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It goes on; the log is told, too.")]
    public static async Task RunAsync(string path, EmulationOptions emulation, Invocation call, CancellationToken cancellationToken)
    {
        await using var log = Open(path);
        LeaveTerminal(log);
        await using var writer = new LogWriter(log, call.Context.Time);
        var detached = call.In(call.Context with { Output = TextWriter.Null, Error = writer, OutputWidth = null, ErrorWidth = null });
        try
        {
            var plan = emulation.Read(detached, EmulatorFormat.None, ShellSyntax.Native) with
            {
                Log = Path.GetFullPath(path),
                Settings = emulation.Settings(detached),
            };
            detached.Error.Line($"Starting as process {Environment.ProcessId}.");
            await EmulatorServer.RunAsync(plan, detached, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            detached.Error.Error(e is ToolException ? e.Message : $"Unexpected error ({e.GetType().Name}): {e.Message}");
            throw;
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, UserDirectory.OwnFile(FileMode.Append, share: FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--log: {path} cannot be written: {e.Message}");
        }
    }

    // What the runtime has to say when all goes wrong is for the log as well. Windows has no terminal to leave: the process has a
    // hidden one.
    private static void LeaveTerminal(FileStream log)
    {
        if (OperatingSystem.IsWindows())
            return;

        _ = LibC.LeadSession();
        using var nothing = File.OpenHandle("/dev/null");
        _ = LibC.Replace(nothing, 0);
        _ = LibC.Replace(log.SafeFileHandle, 1);
        _ = LibC.Replace(log.SafeFileHandle, 2);
    }
}
