using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Authority;

/// <summary>A path of the authority: the tenant that it begins with, and what follows.</summary>
/// <param name="Segment">The tenant, as it stands in the path.</param>
/// <param name="Tenant">The tenant. Null: it is an alias for all of them, or there is no such tenant.</param>
/// <param name="Rest">What follows, beginning with a slash; empty if nothing does.</param>
internal sealed record TenantAddress(string Segment, EmulatedTenant? Tenant, string Rest)
{
    private static readonly string[] Aliases = ["common", "organizations"];

    public bool IsAlias => Aliases.Contains(Segment, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether anything is served there.</summary>
    public bool Exists => IsAlias || Tenant is not null;

    public static TenantAddress Of(string path, DirectoryContent directory)
    {
        var end = path.IndexOf('/', 1);
        var segment = end < 0 ? path[1..] : path[1..end];
        var tenant = Guid.TryParse(segment, out var id) ? directory.FindTenant(id)?.Tenant : null;
        return new TenantAddress(segment, tenant, end < 0 ? "" : path[end..]);
    }

    public bool IsFor(string rest) => string.Equals(Rest, rest, StringComparison.OrdinalIgnoreCase);
}
