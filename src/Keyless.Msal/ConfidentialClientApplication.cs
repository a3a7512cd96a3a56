#nullable disable annotations

using System.Collections.Concurrent;
using Keyless.Msal.Calls;

namespace Keyless.Msal;

/// <summary>An application of the API's first shape.</summary>
public sealed class ConfidentialClientApplication : ApplicationBase, IConfidentialClientApplication
{
    private readonly ConcurrentDictionary<ManagedIdentity, TokenClient> _clients = new();
    private readonly ApplicationSettings _settings;

    internal ConfidentialClientApplication(ApplicationSettings settings) => _settings = settings;

    internal bool ExperimentalFeatures => _settings.ExperimentalFeatures;

    /// <inheritdoc/>
    public AcquireTokenForClientParameterBuilder AcquireTokenForClient(IEnumerable<string> scopes) => new(this, scopes);

    internal TokenClient ClientFor(ManagedIdentity identity) => _clients.GetOrAdd(identity, chosen =>
    {
        var settings = _settings.Snapshot();
        settings.Identity = chosen;
        return new TokenClient(settings);
    });
}
