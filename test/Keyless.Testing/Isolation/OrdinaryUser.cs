using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Keyless.Testing;

/// <summary>Does something with the file permissions of an ordinary account, even where the tests run as the administrator of a container.</summary>
public static partial class OrdinaryUser
{
    private const uint Nobody = 65534;
    private const uint Root = 0;

    /// <summary>Runs on this thread; other threads keep their permissions.</summary>
    /// <param name="action">What to do. It must not go on to another thread.</param>
    /// <typeparam name="T">What it returns.</typeparam>
    [SupportedOSPlatform("linux")]
    public static T Run<T>(Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (!Environment.IsPrivilegedProcess)
            return action();

        // The file system's idea of who asks belongs to the thread, and with another account go the administrator's rights over files.
        _ = SetFileSystemUser(Nobody);
        try
        {
            return action();
        }
        finally
        {
            _ = SetFileSystemUser(Root);
        }
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetFileSystemUser(uint user);
}
