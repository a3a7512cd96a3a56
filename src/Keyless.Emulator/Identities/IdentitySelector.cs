namespace Keyless.Emulator.Identities;

/// <summary>What a request names an identity by.</summary>
internal enum SelectorKind
{
    ClientId,
    ObjectId,
    ResourceId,
}

/// <summary>A parameter by which a dialect lets a request choose an identity.</summary>
internal readonly record struct SelectorParameter(string Name, SelectorKind Kind);

/// <summary>The identity that a request named, as it named it.</summary>
internal sealed record IdentitySelector(SelectorParameter Parameter, string Value)
{
    public bool Names(EmulatedIdentity identity) => Parameter.Kind switch
    {
        SelectorKind.ClientId => Guid.TryParse(Value, out var id) && id == identity.ClientId,
        SelectorKind.ObjectId => Guid.TryParse(Value, out var id) && id == identity.ObjectId,
        _ => string.Equals(Value.Trim('/'), identity.ResourceId.Trim('/'), StringComparison.OrdinalIgnoreCase),
    };
}
