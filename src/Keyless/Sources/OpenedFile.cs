using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Keyless.Sources;

/// <summary>Tells which file a handle is really open on, so that a symbolic link, or a file put in another's place, is noticed.</summary>
internal static partial class OpenedFile
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>Whether the handle is open on the file at that very path, in that directory, and no link led elsewhere.</summary>
    public static bool Is(SafeFileHandle handle, string path, string directory)
    {
        var opened = OperatingSystem.IsWindows() ? FinalPath(handle)
            : new FileInfo($"/proc/self/fd/{(int)handle.DangerousGetHandle()}").LinkTarget;

        // Without /proc the name itself is all there is to ask.
        if (opened is null)
            return new FileInfo(path).LinkTarget is null;

        var expected = Path.Combine(Resolve(directory), Path.GetFileName(path));
        return string.Equals(opened, expected, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    // The directory and its ancestors may be links, which may lead through others: only an administrator can make them so.
    private static string Resolve(string directory, int linksLeft = MostLinks)
    {
        var parent = Path.GetDirectoryName(directory);
        var resolved = parent is null ? directory : Path.Combine(Resolve(parent, linksLeft), Path.GetFileName(directory));
        return linksLeft > 0 && new DirectoryInfo(resolved).ResolveLinkTarget(returnFinalTarget: false) is { } target
            ? Resolve(target.FullName, linksLeft - 1)
            : resolved;
    }

    [SupportedOSPlatform("windows")]
    private static string? FinalPath(SafeFileHandle handle)
    {
        const string Prefix = @"\\?\";
        var buffer = new char[1024];
        var length = GetFinalPathNameByHandle(handle, ref MemoryMarshal.Cast<char, ushort>(buffer.AsSpan())[0], (uint)buffer.Length, flags: 0);
        if (length == 0 || length > buffer.Length)
            return null;
        var path = new string(buffer, 0, (int)length);
        return path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path;
    }

    [LibraryImport("kernel32.dll", EntryPoint = "GetFinalPathNameByHandleW", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetFinalPathNameByHandle(SafeFileHandle file, ref ushort path, uint length, uint flags);
}
