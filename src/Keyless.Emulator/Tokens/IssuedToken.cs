using System.Security.Cryptography;
using System.Text;

namespace Keyless.Emulator.Tokens;

/// <summary>A signed token, with the times that answers repeat beside it.</summary>
internal sealed class IssuedToken(string text, string id, string keyId, DateTimeOffset notBefore, DateTimeOffset expiresOn)
{
    public string Text { get; } = text;

    /// <summary>Its <c>uti</c>; empty if it is not of this emulator.</summary>
    public string Id { get; } = id;

    /// <summary>The id of the key that signed it; empty if it is not of this emulator.</summary>
    public string KeyId { get; } = keyId;

    public DateTimeOffset NotBefore { get; } = notBefore;

    public DateTimeOffset ExpiresOn { get; } = expiresOn;

    /// <summary>By how much these times are off: the <see cref="EmulatorClock.Skew"/> with which it was issued.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>How far the emulator's clock was ahead of the one that tokens go by when it was issued.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>When it ends by the clock that tokens go by.</summary>
    public DateTimeOffset EndsOn => ExpiresOn - Skew;

    /// <summary>When it ends by the emulator's clock, by which the platform that keeps it lives.</summary>
    public DateTimeOffset AgesOutOn => EndsOn + Ahead;

    /// <summary>The command whose login it really comes from; such a token is worth something and written down nowhere. Null: none.</summary>
    public string? PassedThroughFrom { get; init; }

    /// <summary>The lower-case hex SHA-256 by which a client names a token that was refused.</summary>
    public string Sha256 { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
}
