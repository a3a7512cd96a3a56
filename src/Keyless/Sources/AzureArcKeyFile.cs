using System.Text;

namespace Keyless.Sources;

/// <summary>
/// Reads a key file that the Azure Arc agent named. Whoever answers on the agent's port chooses the path, so it must lie
/// in the agent's own directory, and everything about the file is checked on the opened handle: what was checked is what is sent.
/// </summary>
internal static class AzureArcKeyFile
{
    private const int MaxBytes = 4096;
    private const string Extension = ".key";

    /// <exception cref="ManagedIdentityException">The path is not to be trusted, or the file can't be read.</exception>
    public static Secret Read(string path, string? keyDirectory)
    {
        if (keyDirectory is null)
            throw AzureArcChallenge.Refuse("Azure Arc has no agent on this operating system, so that there is no directory to trust key files in");

        var directory = Path.TrimEndingDirectorySeparator(keyDirectory);
        RequireInDirectory(path, directory);

        Span<byte> buffer = stackalloc byte[MaxBytes + 1];
        int length;
        try
        {
            // Whatever the agent is doing with the file at the moment is its own affair.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!OpenedFile.Is(handle, path, directory))
                throw AzureArcChallenge.Refuse("the key file is a symbolic link");
            length = Fill(handle, buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }

        try
        {
            return length <= MaxBytes
                ? new Secret(ReadText(buffer[..length]))
                : throw AzureArcChallenge.Refuse($"the key file is larger than {MaxBytes} bytes");
        }
        finally
        {
            buffer.Clear();
        }
    }

    private static void RequireInDirectory(string path, string directory)
    {
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

        if (path.Any(char.IsControl))
            throw AzureArcChallenge.Refuse("the key file's path has control characters");
        if (!Path.IsPathFullyQualified(path) || !Path.GetFullPath(path).Equals(path, comparison))
            throw AzureArcChallenge.Refuse("the key file's path is not absolute and plain");
        if (!string.Equals(Path.GetDirectoryName(path), directory, comparison))
            throw AzureArcChallenge.Refuse($"the key file is not in the agent's directory {directory}");
        if (!Path.GetExtension(path).Equals(Extension, comparison) || Path.GetFileNameWithoutExtension(path).Length == 0)
            throw AzureArcChallenge.Refuse($"the key file's name does not end in {Extension}");
    }

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Span<byte> buffer)
    {
        var length = 0;
        while (length < buffer.Length && RandomAccess.Read(handle, buffer[length..], length) is > 0 and var read)
            length += read;
        return length;
    }

    private static string ReadText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        bytes = bytes.TrimEnd("\r\n"u8);

        if (bytes.IsEmpty)
            throw AzureArcChallenge.Refuse("the key file is empty");
        return bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~')
            ? throw AzureArcChallenge.Refuse("the key file holds characters that no HTTP header can carry")
            : Encoding.ASCII.GetString(bytes);
    }

    private static ManagedIdentityException Unreadable(string path, Exception cause) => new(
        new TokenFailure(
            FailureKind.ArcKeyUnreadable,
            cause is UnauthorizedAccessException
                ? $"This process may not read the Azure Arc agent's key file {path}."
                : $"The Azure Arc agent's key file {path} could not be read ({cause.GetType().Name}).")
        {
            Source = SourceKind.AzureArc,
            Cause = cause,
        });
}
