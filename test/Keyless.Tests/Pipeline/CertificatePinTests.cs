using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

public sealed class CertificatePinTests : IDisposable
{
    private readonly X509Certificate2 _announced = Make("localhost");
    private readonly X509Certificate2 _other = Make("localhost");

    public void Dispose()
    {
        _announced.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void The_announced_certificate_is_accepted_whatever_the_platform_thinks_of_it()
    {
        foreach (var thumbprint in Thumbprints(_announced))
        {
            Assert.True(Accepts(thumbprint, _announced, SslPolicyErrors.None));
            Assert.True(Accepts(thumbprint, _announced, SslPolicyErrors.RemoteCertificateChainErrors));
            Assert.True(Accepts(thumbprint, _announced, SslPolicyErrors.RemoteCertificateNameMismatch));
        }
    }

    [Fact]
    public void Another_certificate_is_refused_however_trusted()
    {
        foreach (var thumbprint in Thumbprints(_announced))
        {
            Assert.False(Accepts(thumbprint, _other, SslPolicyErrors.None));
            Assert.False(Accepts(thumbprint, certificate: null, SslPolicyErrors.RemoteCertificateNotAvailable));
        }
    }

    [Fact]
    public void Nothing_is_fetched_to_judge_it()
    {
        var policy = CertificatePin.NoDownloads();

        Assert.Equal(X509RevocationMode.NoCheck, policy.RevocationMode);
        Assert.True(policy.DisableCertificateDownloads);
        Assert.Equal(policy.RevocationMode, new CertificatePin(Samples.Thumbprint).ToOptions().CertificateChainPolicy!.RevocationMode);
    }

    private static IEnumerable<string> Thumbprints(X509Certificate2 certificate) =>
        [certificate.GetCertHashString(HashAlgorithmName.SHA1), certificate.GetCertHashString(HashAlgorithmName.SHA256)];

    private static bool Accepts(string thumbprint, X509Certificate? certificate, SslPolicyErrors errors) =>
        new CertificatePin(thumbprint).ToOptions().RemoteCertificateValidationCallback!(new object(), certificate, chain: null, errors);

    private static X509Certificate2 Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(Samples.Now, Samples.Now.AddYears(1));
    }
}
