using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Interop.Tests.Support;

/// <summary>
/// The certificate of the Service Fabric host as a file, for clients that know nothing of its thumbprint and must be told whom to trust.
/// </summary>
internal sealed class ServiceFabricTrust : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"keyless-{Guid.NewGuid():N}.pem");

    private ServiceFabricTrust(X509Certificate2 certificate) => File.WriteAllText(_file, certificate.ExportCertificatePem());

    /// <summary>The variables by which Node.js and curl find it. Clients of .NET don't look at them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables => [new("NODE_EXTRA_CA_CERTS", _file), new("CURL_CA_BUNDLE", _file)];

    /// <summary>Takes the certificate that the host presents, if its thumbprint is the one that the host's variables name.</summary>
    public static async Task<ServiceFabricTrust> LearnAsync(EmulatedHost host, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Endpoint.Host, host.Endpoint.Port, cancellationToken);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
            certificate?.GetCertHashString(HashAlgorithmName.SHA1) == host.Variables["IDENTITY_SERVER_THUMBPRINT"]);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host.Endpoint.Host }, cancellationToken);
        using var certificate = new X509Certificate2(stream.RemoteCertificate!);
        return new ServiceFabricTrust(certificate);
    }

    public void Dispose() => File.Delete(_file);
}
