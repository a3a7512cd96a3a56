using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Testing;

/// <summary>Certificates for servers on loopback. No store of the machine knows or learns them.</summary>
public static class TestCertificate
{
    /// <summary>A certificate that vouches for itself, for <c>localhost</c> and the loopback addresses. The caller disposes it.</summary>
    /// <param name="name">Its common name; two certificates of one name have different keys and thumbprints.</param>
    public static X509Certificate2 CreateSelfSigned(string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());

        // TLS compares with the machine's real clock, which no test moves.
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // Through PKCS#12, because TLS on Windows cannot use a key that was never imported.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
