#nullable disable annotations

using Keyless.Msal.Calls;
using Keyless.Msal.Discovery;

namespace Keyless.Msal;

/// <summary>
/// An application that gets tokens for one managed identity. Made by <see cref="ManagedIdentityApplicationBuilder"/>; nothing to dispose.
/// </summary>
public sealed class ManagedIdentityApplication : ApplicationBase, IManagedIdentityApplication
{
    private readonly TokenClient _client;
    private readonly CapabilityProbe _probe;

    internal ManagedIdentityApplication(ApplicationSettings settings)
    {
        _client = new TokenClient(settings);
        _probe = new CapabilityProbe(settings);
    }

    /// <inheritdoc/>
    public AcquireTokenForManagedIdentityParameterBuilder AcquireTokenForManagedIdentity(string resource)
    {
        if (string.IsNullOrEmpty(resource))
            throw new ArgumentNullException(nameof(resource), "Name the resource that the token is for, such as https://vault.azure.net.");
        return new AcquireTokenForManagedIdentityParameterBuilder(_client.Find(resource));
    }

    /// <inheritdoc cref="GetManagedIdentityCapabilitiesAsync(ManagedIdentityCapabilitiesOptions, CancellationToken)"/>
    public Task<ManagedIdentityCapabilities> GetManagedIdentityCapabilitiesAsync(CancellationToken cancellationToken) =>
        _probe.RunAsync(options: null, cancellationToken);

    /// <summary>
    /// Finds out which source this machine has. Only where no variable and no file tells is something sent: one request, to IMDS, without
    /// asking for a token.
    /// </summary>
    /// <param name="options">How long it may take; null for the default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The source, or <see cref="ManagedIdentitySource.None"/> and the reason. Nothing is remembered: the next call looks
    /// again.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<ManagedIdentityCapabilities> GetManagedIdentityCapabilitiesAsync(
        ManagedIdentityCapabilitiesOptions options, CancellationToken cancellationToken) => _probe.RunAsync(options, cancellationToken);

    /// <summary>The source that the variables and files of this machine tell of; sends nothing.</summary>
    [Obsolete("It can't tell whether IMDS is there. Use GetManagedIdentityCapabilitiesAsync.")]
    public static ManagedIdentitySource GetManagedIdentitySource() => SourceNames.Announced(MachineEnvironment.Process);
}
