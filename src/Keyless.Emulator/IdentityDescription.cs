using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Keyless.Emulator;

/// <summary>A user-assigned identity. Ids that are not given follow from its name and are the same on every machine.</summary>
public sealed record IdentityDescription
{
    /// <summary>Its name, unlike that of any other identity of its tenant: letters, digits, dots, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its tenant.</summary>
    /// <value>Default: null, the first tenant.</value>
    public string? Tenant { get; init; }

    /// <summary>Its client id.</summary>
    /// <value>Default: null, one that follows from the name.</value>
    public Guid? ClientId { get; init; }

    /// <summary>Its object id.</summary>
    /// <value>Default: null, one that follows from the name.</value>
    public Guid? ObjectId { get; init; }

    /// <summary>Its resource id in Azure Resource Manager.</summary>
    /// <value>Default: null, one that follows from the name.</value>
    public string? ResourceId { get; init; }

    /// <summary>False: hosts still have it assigned, but it has been deleted or disabled in Entra, which issues nothing for it.</summary>
    /// <value>Default: true.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>The app roles that it has, by resource.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; init; } =
        ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Claims that its tokens get beside or in place of the usual ones; null takes a claim out.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, JsonNode?> Claims { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;
}
