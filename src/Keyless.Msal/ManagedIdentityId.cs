#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Which managed identity an application asks for. Immutable.</summary>
/// <remarks>Ids are passed on as they are: whether one exists, only the endpoint knows.</remarks>
public sealed class ManagedIdentityId
{
    private ManagedIdentityId(ManagedIdentityKind kind, string id)
    {
        if (kind != ManagedIdentityKind.SystemAssigned && string.IsNullOrEmpty(id))
            throw new ArgumentNullException(nameof(id), "A user-assigned identity needs an id.");
        Identity = new ManagedIdentity(kind, id);
    }

    /// <summary>The identity of the machine itself.</summary>
    public static ManagedIdentityId SystemAssigned { get; } = new(ManagedIdentityKind.SystemAssigned, id: null);

    internal ManagedIdentity Identity { get; }

    /// <summary>A user-assigned identity by its client (application) id.</summary>
    /// <param name="clientId">The client id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="clientId"/> is null or empty.</exception>
    public static ManagedIdentityId WithUserAssignedClientId(string clientId) => new(ManagedIdentityKind.ClientId, clientId);

    /// <summary>A user-assigned identity by its ARM resource id.</summary>
    /// <param name="resourceId">The resource id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="resourceId"/> is null or empty.</exception>
    public static ManagedIdentityId WithUserAssignedResourceId(string resourceId) => new(ManagedIdentityKind.ResourceId, resourceId);

    /// <summary>A user-assigned identity by its object (principal) id.</summary>
    /// <param name="objectId">The object id.</param>
    /// <exception cref="ArgumentNullException"><paramref name="objectId"/> is null or empty.</exception>
    public static ManagedIdentityId WithUserAssignedObjectId(string objectId) => new(ManagedIdentityKind.ObjectId, objectId);

    /// <summary>The rule of the first two shapes of the API: a GUID is a client id, anything else a resource id.</summary>
    internal static ManagedIdentityId FromText(string id) =>
        Guid.TryParse(id, out _) ? WithUserAssignedClientId(id) : WithUserAssignedResourceId(id);
}
