#nullable disable annotations

using Keyless.Msal.Calls;

namespace Keyless.Msal;

/// <summary>What requests for a managed identity's token have in common.</summary>
/// <typeparam name="T">The request.</typeparam>
public abstract class AbstractManagedIdentityAcquireTokenParameterBuilder<T> : BaseAbstractAcquireTokenParameterBuilder<T>
    where T : AbstractManagedIdentityAcquireTokenParameterBuilder<T>
{
    private readonly ResourceHandle _handle;

    private protected AbstractManagedIdentityAcquireTokenParameterBuilder(ResourceHandle handle) => _handle = handle;

    /// <inheritdoc/>
    public override Task<AuthenticationResult> ExecuteAsync(CancellationToken cancellationToken) =>
        _handle.AcquireAsync(Details, cancellationToken);
}
