#nullable disable annotations

using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Keyless.Msal;

/// <summary>Builds applications that get tokens for a managed identity.</summary>
public sealed class ManagedIdentityApplicationBuilder : BaseAbstractApplicationBuilder<ManagedIdentityApplicationBuilder>
{
    private bool _isEarlierShape;

    private ManagedIdentityApplicationBuilder(ManagedIdentityId managedIdentityId) => Settings.Identity = managedIdentityId.Identity;

    /// <summary>Begins an application.</summary>
    /// <param name="managedIdentityId">The identity.</param>
    /// <exception cref="ArgumentNullException"><paramref name="managedIdentityId"/> is null.</exception>
    [OverloadResolutionPriority(1)]
    public static ManagedIdentityApplicationBuilder Create(ManagedIdentityId managedIdentityId)
    {
        ArgumentNullException.ThrowIfNull(managedIdentityId);
        return new ManagedIdentityApplicationBuilder(managedIdentityId);
    }

    /// <summary>Begins an application of the second shape (MSAL.NET 4.51 to 4.53), for the system-assigned identity.</summary>
    /// <remarks><c>WithExperimentalFeatures</c> must be called before <see cref="Build"/>.</remarks>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ManagedIdentityApplicationBuilder Create() => new(ManagedIdentityId.SystemAssigned) { _isEarlierShape = true };

    /// <summary>Begins an application of the second shape (MSAL.NET 4.51 to 4.53), for a user-assigned identity.</summary>
    /// <param name="userAssignedId">A GUID is a client id, anything else a resource id.</param>
    /// <remarks><c>WithExperimentalFeatures</c> must be called before <see cref="Build"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="userAssignedId"/> is null or blank.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ManagedIdentityApplicationBuilder Create(string userAssignedId)
    {
        if (string.IsNullOrWhiteSpace(userAssignedId))
            throw new ArgumentNullException(
                nameof(userAssignedId), "Name the user-assigned identity, or use Create() for the system-assigned one.");
        return new ManagedIdentityApplicationBuilder(ManagedIdentityId.FromText(userAssignedId)) { _isEarlierShape = true };
    }

    /// <summary>Begins an application of the second shape (MSAL.NET 4.51 to 4.53) with options.</summary>
    /// <param name="applicationOptions">The options.</param>
    /// <remarks><c>WithExperimentalFeatures</c> must be called before <see cref="Build"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="applicationOptions"/> is null.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ManagedIdentityApplicationBuilder CreateWithApplicationOptions(ManagedIdentityApplicationOptions applicationOptions)
    {
        ArgumentNullException.ThrowIfNull(applicationOptions);
        var builder = string.IsNullOrWhiteSpace(applicationOptions.UserAssignedClientId) ? Create() : Create(applicationOptions.UserAssignedClientId);
        builder.Settings.Log = builder.Settings.Log with
        {
            Level = applicationOptions.LogLevel,
            WithPii = applicationOptions.EnablePiiLogging,
            ToPlatform = applicationOptions.IsDefaultPlatformLoggingEnabled,
        };
        return builder;
    }

    /// <summary>Part of the second shape. Access to the cache is always synchronised.</summary>
    /// <param name="enableCacheSynchronization">Changes nothing.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ManagedIdentityApplicationBuilder WithCacheSynchronization(bool enableCacheSynchronization) => this;

    /// <summary>Says what the application understands, such as <c>cp1</c> for claims challenges.</summary>
    /// <param name="clientCapabilities">The capabilities; null or empty changes nothing.</param>
    public ManagedIdentityApplicationBuilder WithClientCapabilities(IEnumerable<string> clientCapabilities)
    {
        if (clientCapabilities?.ToList() is { Count: > 0 } capabilities)
            Settings.Capabilities = capabilities;
        return this;
    }

    /// <summary>Obsolete, as in MSAL.NET: nothing is sent to telemetry clients. The meter and the activity source are the way.</summary>
    /// <param name="telemetryClients">Not used.</param>
    [Obsolete("Telemetry clients get nothing. Listen to the meter and the activity source 'Keyless' instead.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ManagedIdentityApplicationBuilder WithTelemetryClient(params ITelemetryClient[] telemetryClients) => this;

    /// <summary>
    /// Experimental. Adds parameters to the query of each request; one of the same name as the library's own replaces it.
    /// </summary>
    /// <param name="extraQueryParameters">Names and values, not escaped. Tokens are cached by them. Null or empty changes nothing.</param>
    /// <exception cref="MsalClientException"><c>experimental_feature</c>: experimental features are not allowed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ManagedIdentityApplicationBuilder WithExtraQueryParameters(IDictionary<string, string> extraQueryParameters)
    {
        RequireExperimentalFeatures();
        foreach (var (name, value) in extraQueryParameters ?? new Dictionary<string, string>(StringComparer.Ordinal))
            Settings.ExtraParameters = Settings.ExtraParameters.SetItem(name, value);
        return this;
    }

    /// <summary>Makes the application.</summary>
    /// <exception cref="MsalClientException"><c>experimental_feature</c>: the builder is of the second shape, and experimental features are
    /// not allowed.</exception>
    public IManagedIdentityApplication Build()
    {
        if (_isEarlierShape)
            RequireExperimentalFeatures(nameof(ManagedIdentityApplicationBuilder));
        return new ManagedIdentityApplication(Settings.Snapshot());
    }
}
