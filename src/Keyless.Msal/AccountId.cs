#nullable disable annotations

namespace Keyless.Msal;

/// <summary>The id of a signed-in user's account. Results of managed identities have none.</summary>
public sealed class AccountId
{
    /// <summary>An id of its three parts.</summary>
    /// <param name="identifier">The whole id.</param>
    /// <param name="objectId">The user's object id.</param>
    /// <param name="tenantId">The user's tenant.</param>
    /// <exception cref="ArgumentNullException"><paramref name="identifier"/> is null.</exception>
    public AccountId(string identifier, string objectId, string tenantId)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        Identifier = identifier;
        ObjectId = objectId;
        TenantId = tenantId;
    }

    /// <summary>An id of a directory server on premises, which has no parts.</summary>
    /// <param name="adfsIdentifier">The whole id.</param>
    public AccountId(string adfsIdentifier)
        : this(adfsIdentifier, adfsIdentifier, tenantId: null)
    {
    }

    /// <summary>The whole id.</summary>
    public string Identifier { get; }

    /// <summary>The user's object id.</summary>
    public string ObjectId { get; }

    /// <summary>The user's tenant.</summary>
    public string TenantId { get; }

    /// <summary>Whether the other one is the same account; case does not matter.</summary>
    /// <param name="obj">The other one.</param>
    public override bool Equals(object obj) =>
        obj is AccountId other && string.Equals(Identifier, other.Identifier, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Identifier);

    /// <summary>The whole id.</summary>
    public override string ToString() => Identifier;
}
