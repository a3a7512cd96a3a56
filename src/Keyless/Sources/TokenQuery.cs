namespace Keyless.Sources;

/// <summary>What a source is to describe a request for.</summary>
internal readonly struct TokenQuery(ManagedIdentity identity, string resource)
{
    public ManagedIdentity Identity { get; } = identity;

    public string Resource { get; } = resource;

    public Guid CorrelationId { get; init; }

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>The SHA-256 of the token that a resource rejected, in lower-case hexadecimal.</summary>
    public string? RejectedTokenHash { get; init; }

    /// <summary>The identity as a parameter of the query, in the host's own names for it; no value where none is named.</summary>
    public (string Name, string? Value) IdentityAs(string clientId, string objectId, string resourceId) => Identity.Kind switch
    {
        ManagedIdentityKind.ClientId => (clientId, Identity.Id),
        ManagedIdentityKind.ObjectId => (objectId, Identity.Id),
        ManagedIdentityKind.ResourceId => (resourceId, Identity.Id),
        _ => ("", null),
    };
}
