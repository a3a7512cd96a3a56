namespace Keyless.Emulator.Api;

/// <summary>Why an API does not take a token.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The reason in one word or a few, for programs.</param>
/// <param name="Text">The reason for people. Nothing in it comes from the request, so that it can stand in a header.</param>
/// <param name="Detail">What the token said, for the body alone. Null: nothing worth saying.</param>
internal sealed record TokenRefusal(int Status, string Reason, string Text, string? Detail = null)
{
    public const string Revoked = "revoked";
    public const string Missing = "missing";

    /// <summary>The error as RFC 6750 names it; for a revoked token the one that asks for a claims challenge to be answered.</summary>
    public string Error => Reason switch
    {
        Revoked => "insufficient_claims",
        "role" => "insufficient_scope",
        _ => "invalid_token",
    };
}
