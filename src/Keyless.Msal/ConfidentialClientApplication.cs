#nullable disable annotations

using Keyless.Msal.Calls;

namespace Keyless.Msal;

/// <summary>An application of the API's first shape.</summary>
public sealed class ConfidentialClientApplication : ApplicationBase, IConfidentialClientApplication
{
    private readonly ApplicationSettings _settings;

    internal ConfidentialClientApplication(ApplicationSettings settings) => _settings = settings;

    /// <inheritdoc/>
    public AcquireTokenForClientParameterBuilder AcquireTokenForClient(IEnumerable<string> scopes) => new(_settings, scopes);
}
