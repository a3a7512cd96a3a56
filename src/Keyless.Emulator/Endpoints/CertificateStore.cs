using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Keys;

namespace Keyless.Emulator.Endpoints;

/// <summary>Where the certificates of hosts that speak TLS come from: made anew, or kept beside the signing keys.</summary>
internal sealed class CertificateStore
{
    private readonly KeyStore? _directory;

    private CertificateStore(KeyStore? directory) => _directory = directory;

    public static CertificateStore Of(EmulatorOptions options) =>
        new(options.KeyDirectory is null ? null : new KeyStore(options.KeyDirectory));

    /// <summary>The certificate of a host. One that is kept but does not hold for the address gives way to a new one.</summary>
    /// <exception cref="EmulatorException">It cannot be kept, or what is kept cannot be used.</exception>
    public X509Certificate2 Take(string host, IPAddress address)
    {
        if (_directory is null)
            return ServiceFabricCertificate.Create(address);

        // A host's name has no characters that would lead to another directory.
        var file = $"keyless-emulator-{host}-tls.pem";
        if (_directory.ReadText(file) is { } text)
        {
            var kept = Parse(text, file);
            if (kept.MatchesHostname(address.ToString()))
                return kept;
            kept.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var made = ServiceFabricCertificate.Create(address, key);
        _directory.WriteText(file, $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return made;
    }

    private static X509Certificate2 Parse(string text, string file)
    {
        try
        {
            return ServiceFabricCertificate.FromPem(text);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new EmulatorException(
                $"{nameof(EmulatorOptions)}.{nameof(EmulatorOptions.KeyDirectory)}: {file} does not hold a certificate with its key. "
                + "Put the file right, or delete it, and a new certificate will be made.",
                exception);
        }
    }
}
