using System.Text.Json;

namespace Keyless.Emulator.Journaling;

/// <summary>A token as the journal shows it: recognisable, but of no use to anybody.</summary>
/// <param name="Place">Where it stood, such as <c>answer</c> or <c>header Authorization</c>.</param>
/// <param name="Sha256">The SHA-256 of its text, in lower-case hexadecimal.</param>
/// <param name="Claims">What it says. Null: it is no JSON Web Token.</param>
public sealed record JournalToken(string Place, string Sha256, JsonElement? Claims);
