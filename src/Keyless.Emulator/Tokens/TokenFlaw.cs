namespace Keyless.Emulator.Tokens;

/// <summary>What can be wrong with a token, so that whoever checks tokens can show that it finds it.</summary>
/// <remarks>The flaw is in the token alone: an answer that holds it says what it would say of a good one.</remarks>
public enum TokenFlaw
{
    /// <summary>It expired ten minutes ago, longer than the tolerance of any usual validator.</summary>
    Expired,

    /// <summary>It is valid only in an hour from now.</summary>
    NotYetValid,

    /// <summary>Its <c>aud</c> is another resource.</summary>
    WrongAudience,

    /// <summary>Its <c>iss</c> is no issuer of the emulator.</summary>
    WrongIssuer,

    /// <summary>Its <c>iss</c> and <c>tid</c> are those of a tenant that does not exist; the key is the right one.</summary>
    WrongTenant,

    /// <summary>It is signed with a key that is not published.</summary>
    UnknownKey,

    /// <summary>Its header does not say which key it is signed with.</summary>
    NoKeyId,

    /// <summary>Its claims were changed after it was signed.</summary>
    Tampered,

    /// <summary>Its <c>alg</c> is <c>none</c>, and it has no signature.</summary>
    AlgorithmNone,

    /// <summary>Its <c>alg</c> is <c>HS256</c>, with the public key (as PEM text) for a secret.</summary>
    SymmetricAlgorithm,

    /// <summary>It has more than 8 KiB, the limit of many servers' headers, by its many <c>groups</c>.</summary>
    Oversized,

    /// <summary>It has more than 64 KiB.</summary>
    HugelyOversized,

    /// <summary>It is an opaque text that no one can decode.</summary>
    NotAToken,

    /// <summary>It has no <c>oid</c>.</summary>
    MissingObjectId,

    /// <summary>It is of the v1 form where the resource takes v2, and the other way round.</summary>
    WrongVersion,
}
