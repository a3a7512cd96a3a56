#nullable disable annotations

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Keyless.Msal;

/// <summary>Hands out HTTP clients for Service Fabric, whose certificate must be pinned. A factory without it is not used there.</summary>
public interface IMsalSFHttpClientFactory : IMsalHttpClientFactory
{
    /// <summary>A client that accepts a server's certificate only if the callback does.</summary>
    /// <param name="validateServerCert">Accepts the certificate that the cluster announces and no other.</param>
    HttpClient GetHttpClient(Func<HttpRequestMessage, X509Certificate2, X509Chain, SslPolicyErrors, bool> validateServerCert);
}
