using Keyless.Pipeline;

namespace Keyless.Msal.Http;

/// <summary>Gives a Service Fabric factory the callback that accepts the announced certificate and no other.</summary>
internal static class PinnedCertificate
{
    public static HttpMessageHandler HandlerOf(IMsalSFHttpClientFactory factory, string thumbprint)
    {
        var accepts = new CertificatePin(thumbprint).ToOptions().RemoteCertificateValidationCallback!;
        return new FactoryHandler(() => factory.GetHttpClient((request, certificate, chain, errors) => accepts(request, certificate, chain, errors)));
    }
}
