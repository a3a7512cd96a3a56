using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Emulator.InProcess;

/// <summary>Stands for a handler that accepts one certificate: without TLS, its thumbprint is compared before anything is sent.</summary>
internal sealed class PinnedHandler(HttpMessageHandler inner, X509Certificate2? certificate, string thumbprint) : DelegatingHandler(inner)
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Compare();
        return base.Send(request, cancellationToken);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Compare();
        return base.SendAsync(request, cancellationToken);
    }

    private void Compare()
    {
        var algorithm = thumbprint.Length == SHA256.HashSizeInBytes * 2 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        if (!string.Equals(certificate?.GetCertHashString(algorithm), thumbprint, StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpRequestException(
                HttpRequestError.SecureConnectionError,
                "The SSL connection could not be established, see inner exception.",
                new AuthenticationException($"The host's certificate is not the one with the thumbprint {thumbprint}."));
        }
    }
}
