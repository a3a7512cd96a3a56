using System.Text.Json.Serialization;

namespace Keyless;

/// <summary>What is asked for, beyond the plain "a token for this resource".</summary>
/// <remarks>Immutable. Never prints <see cref="RejectedToken"/>.</remarks>
public sealed record TokenRequest
{
    /// <summary>Makes a request for a resource.</summary>
    /// <param name="resource">
    /// The resource, such as <c>https://vault.azure.net</c>, or its scope <c>https://vault.azure.net/.default</c>.
    /// A final <c>/.default</c> is removed; nothing else is changed.
    /// </param>
    public TokenRequest(string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        Resource = resource;
    }

    /// <summary>The resource or scope, as given.</summary>
    public string Resource { get; }

    /// <summary>The identity to ask for, in place of the client's own.</summary>
    /// <value>The default is null: the client's identity.</value>
    public ManagedIdentity? Identity { get; init; }

    /// <summary>Whether to ask the endpoint even if a valid token is cached.</summary>
    /// <value>The default is false.</value>
    /// <remarks>
    /// The platform behind the endpoint has a cache of its own and may hand out the same token again;
    /// <see cref="AccessToken.Origin"/> says which of the two happened.
    /// </remarks>
    public bool ForceRefresh { get; init; }

    /// <summary>The <c>claims</c> value of a resource's challenge, decoded.</summary>
    /// <value>The default is null: there was no challenge.</value>
    /// <remarks>
    /// With claims the cached token counts as rejected and is not returned again. The value itself is not sent to
    /// any managed identity endpoint; Service Fabric is sent the SHA-256 of the rejected token instead.
    /// </remarks>
    [JsonIgnore]
    public string? Claims { get; init; }

    /// <summary>The token that the resource rejected.</summary>
    /// <value>The default is null: with <see cref="Claims"/>, the token that is cached at that moment.</value>
    /// <remarks>
    /// Naming it lets many callers who were handed the same challenge share one request: a cached token that
    /// differs from it is already the answer.
    /// </remarks>
    [JsonIgnore]
    public string? RejectedToken { get; init; }

    /// <summary>The id under which the request appears in logs, in errors and, on IMDS, in <c>x-ms-client-request-id</c>.</summary>
    /// <value>The default is null: a new one for each request that is sent.</value>
    public Guid? CorrelationId { get; init; }

    /// <summary>Names the resource and what is special about the request; no token and no claims.</summary>
    public override string ToString() =>
        $"token for {Resource}"
        + (Identity is null ? "" : $" as {Identity}")
        + (ForceRefresh ? ", forced" : "")
        + (Claims is null && RejectedToken is null ? "" : ", after a rejection");
}
