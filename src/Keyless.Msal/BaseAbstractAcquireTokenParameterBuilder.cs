#nullable disable annotations

using System.Diagnostics.CodeAnalysis;
using Keyless.Msal.Calls;

namespace Keyless.Msal;

/// <summary>What requests for a token have in common.</summary>
/// <typeparam name="T">The request.</typeparam>
public abstract class BaseAbstractAcquireTokenParameterBuilder<T>
    where T : BaseAbstractAcquireTokenParameterBuilder<T>
{
    private protected BaseAbstractAcquireTokenParameterBuilder()
    {
    }

    /// <summary>What is special about the request. Null: nothing is, and a hit needs no more than a look at the cache.</summary>
    private protected RequestDetails Details { get; private set; }

    /// <summary>Gets the token, from the cache if it can.</summary>
    /// <param name="cancellationToken">Ends this call's waiting. A call that the cache can answer is answered even if it is already
    /// cancelled.</param>
    /// <exception cref="MsalServiceException">The endpoint gave no token, or there is no endpoint.</exception>
    /// <exception cref="MsalClientException">The endpoint's answer makes no sense.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public abstract Task<AuthenticationResult> ExecuteAsync(CancellationToken cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(CancellationToken)"/>
    public Task<AuthenticationResult> ExecuteAsync() => ExecuteAsync(CancellationToken.None);

    /// <summary>Sets the id under which the request appears in logs, in errors, in the result and, on IMDS, on the wire.</summary>
    /// <param name="correlationId">The id.</param>
    public T WithCorrelationId(Guid correlationId)
    {
        Special().CorrelationId = correlationId;
        return (T)this;
    }

    /// <summary>Takes parameters that are not sent: managed identity endpoints get those of the application only.</summary>
    /// <param name="extraQueryParameters">Changes nothing.</param>
    [SuppressMessage("Design", "MA0016:Prefer using collection abstraction instead of implementation", Justification = "MSAL.NET's signature.")]
    [Obsolete("The parameters of a single request are not sent to managed identity endpoints.")]
    public T WithExtraQueryParameters(Dictionary<string, string> extraQueryParameters) => (T)this;

    /// <summary>Takes parameters that are not sent: managed identity endpoints get those of the application only.</summary>
    /// <param name="extraQueryParameters">Changes nothing.</param>
    public T WithExtraQueryParameters(IDictionary<string, (string Value, bool IncludeInCacheKey)> extraQueryParameters) => (T)this;

    internal T PartitionBy(string key, string value)
    {
        Special().PartitionBy(key, value);
        return (T)this;
    }

    private protected RequestDetails Special() => Details ??= new RequestDetails();
}
