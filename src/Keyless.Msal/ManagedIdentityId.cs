#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Which managed identity an application asks for. Immutable.</summary>
/// <remarks>Ids are passed on as they are: whether one exists, only the endpoint knows.</remarks>
public sealed class ManagedIdentityId
{
    private ManagedIdentityId(ManagedIdentity identity) => Identity = identity;

    /// <summary>The identity of the machine itself.</summary>
    public static ManagedIdentityId SystemAssigned { get; } = new(ManagedIdentity.SystemAssigned);

    internal ManagedIdentity Identity { get; }

    /// <summary>A user-assigned identity by its client (application) id.</summary>
    /// <param name="clientId">The client id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="clientId"/> is null or empty.</exception>
    public static ManagedIdentityId WithUserAssignedClientId(string clientId) =>
        Named(ManagedIdentityKind.ClientId, clientId, nameof(clientId));

    /// <summary>A user-assigned identity by its ARM resource id.</summary>
    /// <param name="resourceId">The resource id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="resourceId"/> is null or empty.</exception>
    public static ManagedIdentityId WithUserAssignedResourceId(string resourceId) =>
        Named(ManagedIdentityKind.ResourceId, resourceId, nameof(resourceId));

    /// <summary>A user-assigned identity by its object (principal) id.</summary>
    /// <param name="objectId">The object id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="objectId"/> is null or empty.</exception>
    public static ManagedIdentityId WithUserAssignedObjectId(string objectId) =>
        Named(ManagedIdentityKind.ObjectId, objectId, nameof(objectId));

    /// <summary>The rule of the first two shapes of the API: a GUID is a client id, anything else a resource id.</summary>
    internal static ManagedIdentityId FromText(string id) =>
        Guid.TryParse(id, out _) ? WithUserAssignedClientId(id) : WithUserAssignedResourceId(id);

    private static ManagedIdentityId Named(ManagedIdentityKind kind, string id, string parameter) => string.IsNullOrEmpty(id)
        ? throw new ArgumentNullException(parameter, "A user-assigned identity needs an id.")
        : new ManagedIdentityId(new ManagedIdentity(kind, id));
}
