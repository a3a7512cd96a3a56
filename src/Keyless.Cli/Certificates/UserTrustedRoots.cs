using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Cli.Certificates;

/// <summary>The store of trusted root certificates that the system keeps for this user.</summary>
internal sealed class UserTrustedRoots : ITrustedRoots
{
    public string Name => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? "this user's trusted root certificates"
        : "the root certificates that .NET programs of this user trust";

    public IReadOnlyList<X509Certificate2> ReadAll()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        return [.. store.Certificates];
    }

    public void Add(X509Certificate2 certificate) => Change(store => store.Add(certificate));

    public void Remove(X509Certificate2 certificate) => Change(store => store.Remove(certificate));

    private static void Change(Action<X509Store> change)
    {
        try
        {
            using var store = new X509Store(StoreName.Root, StoreLocation.CurrentUser);
            store.Open(OpenFlags.ReadWrite);
            change(store);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            var other = OperatingSystem.IsMacOS()
                ? "Run: keyless cert export --out emulator.pem, then security add-trusted-cert -r trustRoot emulator.pem"
                : "Export it by 'keyless cert export' and add it by the system's own means.";
            throw new ToolException($"The system did not change its store: {e.Message} {other}", ExitCodes.Unexpected);
        }
    }
}
