using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Keyless.Cli.Execution;

/// <summary>What .NET has no call for.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class LibC
{
    /// <summary>Sends a signal. Failure means that the process is gone.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Kill(int process, int signal);

    /// <summary>Sets what a signal does to this process, and to the children that it starts.</summary>
    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint SetDisposition(int signal, nint disposition);

    /// <summary>The process group that a terminal's keys send their signals to.</summary>
    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ForegroundGroup(SafeHandle terminal);

    /// <summary>The process group of this process, and of the children that it starts.</summary>
    [LibraryImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int OwnGroup();

    /// <summary>Leaves the terminal: this process leads a session of its own from now on.</summary>
    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int LeadSession();

    /// <summary>Lets one of the three streams that every process has be an open file.</summary>
    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Replace(SafeHandle file, int stream);

    /// <summary>Whether this process has children that run, or that nobody has waited for; it leaves them as they are.</summary>
    public static bool HasChild()
    {
        const int AnyProcess = 0;
        const int AtOnce = 1;
        const int Exited = 4;
        var leaveIt = OperatingSystem.IsLinux() ? 0x1000000 : 0x20;

        // Larger than what any system tells of a child.
        Span<byte> told = stackalloc byte[256];
        return WaitForChild(AnyProcess, 0, told, AtOnce | Exited | leaveIt) == 0;
    }

    [LibraryImport("libc", EntryPoint = "waitid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitForChild(int kind, int id, Span<byte> told, int options);
}
