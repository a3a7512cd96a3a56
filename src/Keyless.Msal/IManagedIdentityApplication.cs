#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Gets tokens for one managed identity. Thread-safe; applications of one process share their tokens.</summary>
public interface IManagedIdentityApplication : IApplicationBase
{
    /// <summary>Begins a request for a token.</summary>
    /// <param name="resource">The resource, such as <c>https://vault.azure.net</c>, or its scope
    /// <c>https://vault.azure.net/.default</c>.</param>
    /// <returns>The request; nothing is sent before its <c>ExecuteAsync</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="resource"/> is null or empty.</exception>
    /// <exception cref="ArgumentException"><paramref name="resource"/> can't name one resource; the message says what may be
    /// meant.</exception>
    AcquireTokenForManagedIdentityParameterBuilder AcquireTokenForManagedIdentity(string resource);
}
