using System.Text.Json;

namespace Keyless.Emulator.Tokens;

/// <summary>Whom a token is about.</summary>
internal abstract class TokenSubject
{
    public abstract Guid ObjectId { get; }

    /// <summary>Writes the claims that say so, but for the tenant, which every token has.</summary>
    public abstract void WriteClaims(Utf8JsonWriter json, TokenDraft draft);
}
