namespace Keyless;

/// <summary>How a managed identity is named in a request.</summary>
public enum ManagedIdentityKind
{
    /// <summary>The identity that belongs to the machine itself; nothing is sent to name it.</summary>
    SystemAssigned,

    /// <summary>A user-assigned identity named by its client (application) id, a GUID.</summary>
    ClientId,

    /// <summary>A user-assigned identity named by its object (principal) id, a GUID.</summary>
    ObjectId,

    /// <summary>A user-assigned identity named by its ARM resource id, a path.</summary>
    ResourceId,
}
