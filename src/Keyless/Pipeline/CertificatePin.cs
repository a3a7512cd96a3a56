using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Pipeline;

/// <summary>Accepts one certificate, by its thumbprint, whatever else the platform thinks of it; and no other, however trusted.</summary>
internal sealed class CertificatePin(string thumbprint)
{
    private const int Sha1Digits = 40;

    private readonly byte[] _expected = Convert.FromHexString(thumbprint);
    private readonly bool _isSha1 = thumbprint.Length == Sha1Digits;

    public SslClientAuthenticationOptions ToOptions() => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && Matches(certificate),
        CertificateChainPolicy = NoDownloads(),
    };

    /// <summary>A chain policy that sends nothing: no revocation lists, no intermediate certificates.</summary>
    public static X509ChainPolicy NoDownloads() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Service Fabric announces SHA-1 thumbprints.")]
    private bool Matches(X509Certificate certificate)
    {
        var raw = certificate.GetRawCertData();
        var actual = _isSha1 ? SHA1.HashData(raw) : SHA256.HashData(raw);
        return CryptographicOperations.FixedTimeEquals(actual, _expected);
    }
}
