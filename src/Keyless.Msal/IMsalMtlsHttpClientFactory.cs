#nullable disable annotations

using System.Security.Cryptography.X509Certificates;

namespace Keyless.Msal;

/// <summary>
/// Hands out HTTP clients with a client certificate. No request of this library needs one: an implementation is used as a plain factory.
/// </summary>
public interface IMsalMtlsHttpClientFactory : IMsalHttpClientFactory
{
    /// <summary>A client that presents a certificate.</summary>
    /// <param name="x509Certificate2">The certificate.</param>
    HttpClient GetHttpClient(X509Certificate2 x509Certificate2);
}
