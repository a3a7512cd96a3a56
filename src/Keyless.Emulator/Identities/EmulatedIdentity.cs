namespace Keyless.Emulator;

/// <summary>A managed identity that exists in the emulator only. Its ids follow from its name and are the same on every machine.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="IsSystemAssigned">Whether it is the host's own identity; otherwise it is one that a user made and assigned.</param>
/// <param name="ClientId">Its client id, the <c>appid</c> of its tokens.</param>
/// <param name="ObjectId">Its object id, the <c>oid</c> and <c>sub</c> of its tokens.</param>
/// <param name="ResourceId">Its resource id in Azure Resource Manager, the <c>xms_mirid</c> of its tokens.</param>
/// <param name="TenantId">The tenant that it belongs to.</param>
public sealed record EmulatedIdentity(string Name, bool IsSystemAssigned, Guid ClientId, Guid ObjectId, string ResourceId, Guid TenantId);
