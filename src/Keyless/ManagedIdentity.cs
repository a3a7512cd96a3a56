using System.Diagnostics.CodeAnalysis;

namespace Keyless;

/// <summary>Which managed identity a token is for: the machine's own, or a user-assigned one by one of its three names.</summary>
/// <remarks>
/// Names are checked for shape when the object is made, so that a display name given in place of an id is found
/// at start-up and not by the first request. Immutable; compared by value, ignoring case.
/// </remarks>
public sealed class ManagedIdentity : IEquatable<ManagedIdentity>
{
    private const string UserAssignedType = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";

    /// <summary>An identity whose name is taken as it is, for callers that promise no check.</summary>
    internal ManagedIdentity(ManagedIdentityKind kind, string? id)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>The identity of the machine itself.</summary>
    public static ManagedIdentity SystemAssigned { get; } = new(ManagedIdentityKind.SystemAssigned, id: null);

    /// <summary>How this identity is named.</summary>
    public ManagedIdentityKind Kind { get; }

    /// <summary>The id that was given: a lower-case GUID with hyphens, or an ARM path. Null for the system-assigned identity.</summary>
    public string? Id { get; }

    /// <summary>A user-assigned identity by its client (application) id.</summary>
    /// <param name="clientId">A GUID.</param>
    /// <exception cref="ArgumentNullException"><paramref name="clientId"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="clientId"/> is not a GUID; the message says what it looks like instead.</exception>
    public static ManagedIdentity FromClientId(string clientId) =>
        new(ManagedIdentityKind.ClientId, RequireGuid(clientId, nameof(clientId), "client id"));

    /// <summary>A user-assigned identity by its object (principal) id.</summary>
    /// <param name="objectId">A GUID.</param>
    /// <exception cref="ArgumentNullException"><paramref name="objectId"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="objectId"/> is not a GUID; the message says what it looks like instead.</exception>
    public static ManagedIdentity FromObjectId(string objectId) =>
        new(ManagedIdentityKind.ObjectId, RequireGuid(objectId, nameof(objectId), "object id"));

    /// <summary>A user-assigned identity by its ARM resource id.</summary>
    /// <param name="resourceId">
    /// A path of the form
    /// <c>/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}</c>.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="resourceId"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="resourceId"/> is not such a path; the message says what it looks like instead.</exception>
    public static ManagedIdentity FromResourceId(string resourceId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(resourceId);
        if (IsUserAssignedPath(resourceId))
            return new(ManagedIdentityKind.ResourceId, resourceId);

        throw new ArgumentException(
            $"'{resourceId}' is not the ARM resource id of a user-assigned identity. "
            + $"Expected /subscriptions/{{id}}/resourceGroups/{{group}}{UserAssignedType}{{name}}. "
            + HintForResourceId(resourceId),
            nameof(resourceId));
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] ManagedIdentity? other) =>
        other is not null && Kind == other.Kind && string.Equals(Id, other.Id, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as ManagedIdentity);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Kind, Id is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Id));

    /// <summary>A sentence fragment that names the identity, such as "the user-assigned identity with client id …".</summary>
    public override string ToString() => Kind switch
    {
        ManagedIdentityKind.ClientId => $"the user-assigned identity with client id {Id}",
        ManagedIdentityKind.ObjectId => $"the user-assigned identity with object id {Id}",
        ManagedIdentityKind.ResourceId => $"the user-assigned identity {Id}",
        _ => "the system-assigned identity",
    };

    private static string RequireGuid(string value, string parameter, string what)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (Guid.TryParse(value, out var guid))
            return guid.ToString("D");

        var hint = value.StartsWith('/')
            ? $"It looks like an ARM resource id: use {nameof(ManagedIdentity)}.{nameof(FromResourceId)}."
            : $"It looks like a display name: look up the {what} on the identity's overview page, "
                + $"or with 'az identity show --name {value} --resource-group <group>'.";
        throw new ArgumentException($"'{value}' is not a {what}, which is a GUID. {hint}", parameter);
    }

    private static bool IsUserAssignedPath(string path)
    {
        // "", subscriptions, {id}, resourceGroups, {group}, providers, Microsoft.ManagedIdentity, userAssignedIdentities, {name}
        var segments = path.Split('/');
        return segments.Length == 9
            && Is(segments[1], "subscriptions")
            && Is(segments[3], "resourceGroups")
            && Is(segments[5], "providers")
            && Is(segments[6], "Microsoft.ManagedIdentity")
            && Is(segments[7], "userAssignedIdentities")
            && segments[0].Length == 0
            && segments.AsSpan(1).IndexOf("") < 0
            && !path.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));

        static bool Is(string segment, string expected) => segment.Equals(expected, StringComparison.OrdinalIgnoreCase);
    }

    private static string HintForResourceId(string value)
    {
        if (Guid.TryParse(value, out _))
            return $"It is a GUID: use {nameof(FromClientId)} or {nameof(FromObjectId)}.";
        if (value.StartsWith('/'))
            return "It is a path of another shape: copy the id from the identity's properties page.";
        return $"It looks like a display name: 'az identity show --name {value} --resource-group <group> --query id' prints the id.";
    }
}
