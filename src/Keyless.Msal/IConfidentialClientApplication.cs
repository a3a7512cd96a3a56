#nullable disable annotations

namespace Keyless.Msal;

/// <summary>An application of the API's first shape.</summary>
public interface IConfidentialClientApplication : IApplicationBase
{
    /// <summary>Begins a request for a token; <c>WithManagedIdentity</c> must follow.</summary>
    /// <param name="scopes">Exactly one: the resource or its <c>/.default</c> scope.</param>
    AcquireTokenForClientParameterBuilder AcquireTokenForClient(IEnumerable<string> scopes);
}
