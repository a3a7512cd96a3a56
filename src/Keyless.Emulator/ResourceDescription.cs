namespace Keyless.Emulator;

/// <summary>An API that tokens are asked for: what its owner has registered in Entra.</summary>
public sealed record ResourceDescription
{
    /// <summary>The identifiers it is asked for by, such as <c>api://orders</c> or <c>https://vault.azure.net</c>; at least one.</summary>
    public required IReadOnlyList<string> Identifiers { get; init; }

    /// <summary>Its application id: another way to ask for it, and the audience of its v2 tokens.</summary>
    /// <value>Default: null, one that follows from the first identifier.</value>
    public Guid? AppId { get; init; }

    /// <summary>The form of token that it accepts: 1 or 2.</summary>
    /// <value>Default: 1.</value>
    public int TokenVersion { get; init; } = 1;

    /// <summary>The app roles that it knows.</summary>
    /// <value>Default: null, whatever roles identities are given.</value>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether an identity that has none of its roles is refused a token (AADSTS501051).</summary>
    /// <value>Default: false.</value>
    public bool AssignmentRequired { get; init; }
}
