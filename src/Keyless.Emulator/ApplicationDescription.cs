using System.Collections.Immutable;

namespace Keyless.Emulator;

/// <summary>An app registration, which gets tokens from the authority by its own credentials.</summary>
public sealed record ApplicationDescription
{
    /// <summary>Its name, unlike that of any other application: letters, digits, dots, hyphens and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its tenant.</summary>
    /// <value>Default: null, the first tenant.</value>
    public string? Tenant { get; init; }

    /// <summary>Its client id.</summary>
    /// <value>Default: null, one that follows from the name.</value>
    public Guid? ClientId { get; init; }

    /// <summary>The object id of its service principal.</summary>
    /// <value>Default: null, one that follows from the name.</value>
    public Guid? ObjectId { get; init; }

    /// <summary>Its client secrets.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Its certificates, as PEM texts without private keys.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>The tokens of others that it accepts as its credentials, such as those of a managed identity.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<FederatedCredentialDescription> FederatedCredentials { get; init; } = [];

    /// <summary>The app roles that it has, by resource.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Roles { get; init; } =
        ImmutableDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Names the application; never its secrets.</summary>
    public override string ToString() => Name;
}
