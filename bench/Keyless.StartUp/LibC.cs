using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Keyless.StartUp;

/// <summary>How Linux starts processes and waits for them: costs less than the platform's class, and tells their processor time.</summary>
internal static partial class LibC
{
    public const int WriteOnly = 1;

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(
        out int process, string file, ref FileActions actions, nint attributes, string?[] arguments, string?[] variables);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int Begin(ref FileActions actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddOpen(ref FileActions actions, int descriptor, string file, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int End(ref FileActions actions);

    [LibraryImport("libc", EntryPoint = "wait4")]
    public static partial int Wait(int process, out int status, int options, out Usage usage);

    /// <summary>What the C library keeps there is its own affair; it has 80 bytes with glibc.</summary>
    [InlineArray(256)]
    public struct FileActions
    {
        private byte _first;
    }

    /// <summary>The kernel's <c>struct rusage</c>: user and system time in seconds and microseconds, and more.</summary>
    [InlineArray(18)]
    public struct Usage
    {
        private long _first;

        public readonly double Milliseconds => ((this[0] + this[2]) * 1e3) + ((this[1] + this[3]) / 1e3);
    }
}
