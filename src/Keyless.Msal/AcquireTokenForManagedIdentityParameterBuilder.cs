#nullable disable annotations

using Keyless.Msal.Calls;

namespace Keyless.Msal;

/// <summary>A request for a managed identity's token.</summary>
public sealed class AcquireTokenForManagedIdentityParameterBuilder
    : AbstractManagedIdentityAcquireTokenParameterBuilder<AcquireTokenForManagedIdentityParameterBuilder>
{
    internal AcquireTokenForManagedIdentityParameterBuilder(ResourceHandle handle)
        : base(handle)
    {
    }

    /// <summary>Asks the endpoint even if a valid token is cached. The platform behind it may hand out the same token again.</summary>
    /// <param name="forceRefresh">Whether to.</param>
    public AcquireTokenForManagedIdentityParameterBuilder WithForceRefresh(bool forceRefresh)
    {
        Special().ForceRefresh = forceRefresh;
        return this;
    }

    /// <summary>
    /// Presents a resource's claims challenge: the cached token counts as rejected. With a forced refresh it is not looked at.
    /// </summary>
    /// <param name="claims">The challenge, decoded; null or empty for none. Not sent to any managed identity endpoint.</param>
    public AcquireTokenForManagedIdentityParameterBuilder WithClaims(string claims)
    {
        Special().Claims = claims;
        return this;
    }
}
