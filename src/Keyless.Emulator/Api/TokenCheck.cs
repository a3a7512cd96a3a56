using System.Globalization;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Revocation;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Api;

/// <summary>Checks tokens as a careful API does: everything that can be wrong with one, each with a reason of its own.</summary>
internal sealed class TokenCheck(
    TenantDirectory directory, Issuers issuers, KeyRing keys, Revocations revocations, string expected, TimeProvider clock)
{
    /// <summary>The longest token that is looked at, as in many servers' limits of a header.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <returns>Why the token is not taken; or, if it is, the token.</returns>
    public (TokenRefusal? Refusal, ParsedToken? Token) Check(string text)
    {
        if (text.Length > MaxLength)
            return (new TokenRefusal(431, "size", "The token is larger than 8 KiB."), null);
        if (ParsedToken.TryParse(text) is not { } token)
            return (Bad("form", "The token is not a JSON Web Token."), null);

        var refusal = CheckSignature(token) ?? CheckIssuer(token) ?? CheckVersionAndAudience(token) ?? CheckTime(token)
            ?? CheckSubject(token);
        return (refusal, token);
    }

    private static TokenRefusal Bad(string reason, string text, string? detail = null) => new(401, reason, text, detail);

    private static string Show(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private TokenRefusal? CheckSignature(ParsedToken token)
    {
        if (token.Algorithm != "RS256")
            return Bad("algorithm", "The token is not signed with RS256.", $"Its alg is '{token.Algorithm}'.");
        if (token.KeyId is not { } id)
            return Bad("key-id", "The token does not say which key it is signed with.");
        if (keys.FindPublished(id) is not { } key)
            return Bad("key", "The token is signed with a key that is not published.", $"Its kid is '{id}'.");
        return key.Verify(token.Signed, token.Signature) ? null : Bad("signature", "The token's signature is wrong.");
    }

    private TokenRefusal? CheckIssuer(ParsedToken token)
    {
        var issuer = token.Text("iss");
        if (!Guid.TryParse(token.Text("tid"), out var tenant) || (issuer != issuers.V1(tenant) && issuer != issuers.V2(tenant)))
            return Bad("issuer", "The token is not from an issuer that is trusted here.", $"Its iss is '{issuer}'.");
        return tenant == directory.DefaultTenant.Id
            ? null
            : Bad("tenant", "The token is from another tenant.", $"Its tid is '{tenant}'.");
    }

    private TokenRefusal? CheckVersionAndAudience(ParsedToken token)
    {
        var api = directory.Content.FindResource(expected);
        var version = api?.Options.TokenVersion == 2 ? "2.0" : "1.0";
        if (token.Text("ver") != version)
            return Bad("version", $"The token is not of version {version}.", $"Its ver is '{token.Text("ver")}'.");

        var audiences = token.Texts("aud");
        return audiences.Any(audience => audience == expected || api?.IsNamed(audience) == true)
            ? null
            : Bad("audience", "The token is for another resource.", $"Its aud is '{string.Join(", ", audiences)}'.");
    }

    private TokenRefusal? CheckTime(ParsedToken token)
    {
        var now = clock.GetUtcNow();
        if (token.Time("exp") is not { } expiry || now >= expiry + Tolerance)
        {
            var detail = token.Time("exp") is { } over ? $"It did on {Show(over)}; now it is {Show(now)}." : null;
            return Bad("expired", "The token has expired.", detail);
        }

        return token.Time("nbf") is { } start && now < start - Tolerance
            ? Bad("not-yet-valid", "The token is not valid yet.", $"It will be on {Show(start)}; now it is {Show(now)}.")
            : null;
    }

    private TokenRefusal? CheckSubject(ParsedToken token)
    {
        if (!Guid.TryParse(token.Text("oid"), out _))
            return Bad("object-id", "The token does not say whom it is about: it has no oid.");
        return revocations.Covers(token) ? Bad(TokenRefusal.Revoked, "The token has been revoked; get a new one with these claims.") : null;
    }
}
