namespace Keyless.Emulator.Api;

/// <summary>What came of one check of a token.</summary>
/// <param name="Check">What was checked, in a word.</param>
/// <param name="Text">What was found, for people; it may repeat what the token says.</param>
/// <param name="Refusal">Why the token is not taken. Null: it has passed.</param>
internal sealed record TokenVerdict(string Check, string Text, TokenRefusal? Refusal = null)
{
    public static TokenVerdict Refused(string check, TokenRefusal refusal) =>
        new(check, refusal.Detail is null ? refusal.Text : $"{refusal.Text} {refusal.Detail}", refusal);
}
