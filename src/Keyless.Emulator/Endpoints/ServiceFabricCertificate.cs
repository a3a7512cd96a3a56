using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>Makes the self-signed certificate of a Service Fabric host.</summary>
internal static class ServiceFabricCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static X509Certificate2 Create(IPAddress address) => Create("localhost", address, CertificateValidity.To);

    /// <summary>One for a key that somebody keeps.</summary>
    public static X509Certificate2 Create(IPAddress address, ECDsa key) => Create("localhost", address, CertificateValidity.To, key);

    /// <summary>One that was kept, with its key.</summary>
    /// <exception cref="CryptographicException">The text holds something else.</exception>
    public static X509Certificate2 FromPem(string text) => Servable(X509Certificate2.CreateFromPem(text, text));

    /// <summary>One for a name, an address and a time of one's choice.</summary>
    public static X509Certificate2 Create(string name, IPAddress? address, DateTimeOffset validTo)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Create(name, address, validTo, key);
    }

    private static X509Certificate2 Create(string name, IPAddress? address, DateTimeOffset validTo, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}, O=Keyless emulator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        if (address is not null)
            names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));

        return Servable(request.CreateSelfSigned(CertificateValidity.From, validTo));
    }

    private static X509Certificate2 Servable(X509Certificate2 certificate) =>
        OperatingSystem.IsWindows() ? Reimport(certificate) : certificate;

    // Windows' TLS serves no key that has never been in a key container.
    private static X509Certificate2 Reimport(X509Certificate2 certificate)
    {
        using (certificate)
        {
            var pfx = certificate.Export(X509ContentType.Pfx);
#if NET9_0_OR_GREATER
            return X509CertificateLoader.LoadPkcs12(pfx, password: null);
#else
            return new X509Certificate2(pfx);
#endif
        }
    }
}
