using System.Diagnostics.CodeAnalysis;

namespace Keyless;

/// <summary>A token or the reason why there is none, for callers who expect that there may be none.</summary>
public readonly struct TokenResult : IEquatable<TokenResult>
{
    /// <summary>A success.</summary>
    /// <param name="token">The token.</param>
    public TokenResult(AccessToken token) => Token = token;

    /// <summary>A failure.</summary>
    /// <param name="failure">Why there is no token.</param>
    public TokenResult(TokenFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>Whether there is a token.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Failure is null;

    /// <summary>The token; empty if there is none.</summary>
    public AccessToken Token { get; }

    /// <summary>Why there is no token; null if there is one.</summary>
    public TokenFailure? Failure { get; }

    /// <summary>Whether two results are equal.</summary>
    public static bool operator ==(TokenResult left, TokenResult right) => left.Equals(right);

    /// <summary>Whether two results differ.</summary>
    public static bool operator !=(TokenResult left, TokenResult right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TokenResult other) => Token == other.Token && Equals(Failure, other.Failure);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenResult other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Token, Failure);

    /// <summary>The token's description or the failure's; no secret.</summary>
    public override string ToString() => Failure?.ToString() ?? Token.ToString();
}
