#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Hands out the HTTP client that requests are sent by.</summary>
public interface IMsalHttpClientFactory
{
    /// <summary>The client; called for each request. It is not disposed.</summary>
    HttpClient GetHttpClient();
}
