using System.ComponentModel;
using System.Diagnostics;

namespace Keyless.Cli.Execution;

/// <summary>Runs a command as a child that has the tool's own streams, and takes its end for the tool's.</summary>
internal static class ChildProcess
{
    private const int BrokenPipe = 13;
    private const nint ToDefault = 0;
    private const nint Ignore = 1;

    private const int NoSuchFile = 2;
    private const int NoProgram = 8;

    /// <summary>Runs a child to its end. Cancellation asks it to end, as SIGTERM does, and waits all the same.</summary>
    /// <returns>Its exit code; on Unix 128 and the signal's number if a signal has ended it.</returns>
    /// <exception cref="ToolException">The system won't run it.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var relay = new SignalRelay();
        using var child = Start(start);
        relay.Attach(child);
        try
        {
            using var stop = cancellationToken.Register(relay.Stop);
            await child.WaitForExitAsync(CancellationToken.None);
            return child.ExitCode;
        }
        finally
        {
            relay.Detach();
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        // .NET ignores this signal and children would inherit that, so that 'yes | head' would complain of its pipe.
        if (!OperatingSystem.IsWindows())
            LibC.SetDisposition(BrokenPipe, ToDefault);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw ProgramFile.CannotRun(start.FileName, Explain(e.NativeErrorCode));
        }
        finally
        {
            if (!OperatingSystem.IsWindows())
                LibC.SetDisposition(BrokenPipe, Ignore);
        }
    }

    private static string Explain(int code) => code switch
    {
        NoSuchFile when !OperatingSystem.IsWindows() => "the interpreter that its first line names does not exist. Correct that line",
        NoProgram when !OperatingSystem.IsWindows() => "it is no program of this system. If it is a script, name its interpreter before it",
        _ => $"{new Win32Exception(code).Message}. Check that this user may run it here",
    };
}
