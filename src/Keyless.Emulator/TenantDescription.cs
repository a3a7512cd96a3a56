using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Keyless.Emulator;

/// <summary>An Entra tenant: an issuer of its own.</summary>
public sealed record TenantDescription
{
    /// <summary>The name of the tenant that there is when none is given.</summary>
    public const string DefaultName = "default";

    /// <summary>Its name, unlike that of any other tenant: letters, digits, dots, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Its id.</summary>
    /// <value>Default: null, one that follows from the name.</value>
    public Guid? Id { get; init; }

    /// <summary>Claims that all of its tokens get beside or in place of the usual ones; null takes a claim out.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, JsonNode?> Claims { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;
}
