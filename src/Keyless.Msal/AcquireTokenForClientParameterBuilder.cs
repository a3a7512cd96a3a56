#nullable disable annotations

namespace Keyless.Msal;

/// <summary>A request of the API's first shape.</summary>
public sealed class AcquireTokenForClientParameterBuilder : BaseAbstractAcquireTokenParameterBuilder<AcquireTokenForClientParameterBuilder>
{
    private readonly ConfidentialClientApplication _application;
    private readonly IEnumerable<string> _scopes;
    private ManagedIdentityId _identity;

    internal AcquireTokenForClientParameterBuilder(ConfidentialClientApplication application, IEnumerable<string> scopes)
    {
        _application = application;
        _scopes = scopes;
    }

    /// <summary>Experimental. Asks for the system-assigned identity's token.</summary>
    /// <exception cref="MsalClientException"><c>experimental_feature</c>: experimental features are not allowed.</exception>
    public AcquireTokenForClientParameterBuilder WithManagedIdentity() => With(ManagedIdentityId.SystemAssigned);

    /// <summary>Experimental. Asks for a user-assigned identity's token.</summary>
    /// <param name="userAssignedClientIdOrResourceId">A GUID is a client id, anything else a resource id.</param>
    /// <exception cref="ArgumentNullException">The id is null or blank.</exception>
    /// <exception cref="MsalClientException"><c>experimental_feature</c>: experimental features are not allowed.</exception>
    public AcquireTokenForClientParameterBuilder WithManagedIdentity(string userAssignedClientIdOrResourceId)
    {
        if (string.IsNullOrWhiteSpace(userAssignedClientIdOrResourceId))
            throw new ArgumentNullException(nameof(userAssignedClientIdOrResourceId), "Name the user-assigned identity.");
        return With(ManagedIdentityId.FromText(userAssignedClientIdOrResourceId));
    }

    /// <summary>Asks the endpoint even if a valid token is cached.</summary>
    /// <param name="forceRefresh">Whether to.</param>
    public AcquireTokenForClientParameterBuilder WithForceRefresh(bool forceRefresh)
    {
        Special().ForceRefresh = forceRefresh;
        return this;
    }

    /// <summary>Presents a resource's claims challenge: the cached token counts as rejected.</summary>
    /// <param name="claims">The challenge, decoded; null or empty for none.</param>
    public AcquireTokenForClientParameterBuilder WithClaims(string claims)
    {
        Special().Claims = claims;
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="MsalClientException"><c>exactly_one_scope_expected</c>, or <c>WithManagedIdentity</c> was not called.</exception>
    public override Task<AuthenticationResult> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (_identity is null)
        {
            throw new MsalClientException(
                MsalError.ClientCredentialAuthenticationTypeMustBeDefined,
                $"This library has no credentials but managed identities: call {nameof(WithManagedIdentity)} before {nameof(ExecuteAsync)}.");
        }

        if (_scopes?.ToList() is not [{ Length: > 0 } scope])
            throw new MsalClientException(
                MsalError.ExactlyOneScopeExpected, "A managed identity token is for one resource: give exactly one scope.");

        return _application.ClientFor(_identity.Identity).Find(scope).AcquireAsync(Details, cancellationToken);
    }

    private AcquireTokenForClientParameterBuilder With(ManagedIdentityId identity)
    {
        if (!_application.ExperimentalFeatures)
        {
            throw new MsalClientException(
                MsalError.ExperimentalFeature, $"{nameof(WithManagedIdentity)} is experimental: call WithExperimentalFeatures() on the application's builder.");
        }

        _identity = identity;
        return this;
    }
}
