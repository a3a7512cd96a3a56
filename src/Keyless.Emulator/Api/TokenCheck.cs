using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Revocation;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Api;

/// <summary>Checks tokens as a careful API does: everything that can be wrong with one, each with a reason of its own.</summary>
internal sealed class TokenCheck(TenantDirectory directory, Issuers issuers, KeyRing keys, Revocations revocations, EmulatorClock clock)
{
    /// <summary>The longest token that is taken, as in many servers' limits of a header.</summary>
    public const int MaxLength = 8 * 1024;

    private readonly TokenTimeCheck _times = new(clock);

    /// <summary>Checks a token until something is wrong with it.</summary>
    /// <returns>Why the token is not taken; or, if it is, the token.</returns>
    public (TokenRefusal? Refusal, ParsedToken? Token) Check(string text, TokenExpectation expected)
    {
        var token = text.Length > MaxLength ? null : ParsedToken.TryParse(text);
        return (Judge(text, token, expected).Select(verdict => verdict.Refusal).FirstOrDefault(refusal => refusal is not null), token);
    }

    /// <summary>Checks everything, one thing after the other, as they are asked for; what is no token at all has nothing more to check.</summary>
    /// <param name="text">The text that was sent.</param>
    /// <param name="token">What it says. Null: it is no token.</param>
    /// <param name="expected">What is expected of it.</param>
    public IEnumerable<TokenVerdict> Judge(string text, ParsedToken? token, TokenExpectation expected)
    {
        yield return CheckSize(text);
        if (token is null)
        {
            yield return TokenVerdict.Refused("form", Bad("form", "The token is not a JSON Web Token."));
            yield break;
        }

        yield return new TokenVerdict("form", "It is a JSON Web Token.");
        yield return CheckAlgorithm(token);
        yield return CheckSignature(token);
        yield return CheckIssuer(token);
        yield return CheckTenant(token, expected.Tenant);
        yield return CheckVersion(token, expected.Audience);
        yield return CheckAudience(token, expected.Audience);
        yield return _times.CheckExpiry(token);
        yield return _times.CheckNotBefore(token);
        yield return Guid.TryParse(token.Text("oid"), out var objectId)
            ? new TokenVerdict("subject", $"It is about {directory.Content.FindIdentity(objectId)?.Identity.Name ?? $"{objectId}"}.")
            : TokenVerdict.Refused("subject", Bad("object-id", "The token does not say whom it is about: it has no oid."));
        yield return revocations.Covers(token)
            ? TokenVerdict.Refused("revoked", Bad(TokenRefusal.Revoked, "The token has been revoked; get a new one with these claims."))
            : new TokenVerdict("revoked", "It has not been revoked here.");
    }

    public static TokenRefusal Bad(string reason, string text, string? detail = null) => new(401, reason, text, detail);

    private static TokenVerdict CheckSize(string text) => text.Length > MaxLength
        ? TokenVerdict.Refused(
            "size", new TokenRefusal(431, "size", "The token is larger than 8 KiB.", "Many servers take no such header."))
        : new TokenVerdict("size", $"It has {text.Length} characters.");

    private static TokenVerdict CheckAlgorithm(ParsedToken token) => token.Algorithm == "RS256"
        ? new TokenVerdict("algorithm", "It says that it is signed with RS256.")
        : TokenVerdict.Refused(
            "algorithm", Bad("algorithm", "The token is not signed with RS256.", $"Its alg is '{token.Algorithm}'."));

    private TokenVerdict CheckSignature(ParsedToken token)
    {
        const string Check = "signature";
        if (token.KeyId is not { } id)
            return TokenVerdict.Refused(Check, Bad("key-id", "The token does not say which key it is signed with."));

        var known = keys.Find(id);
        var state = known?.StateAt(clock.GetUtcNow()) ?? KeyState.Gone;
        if (state == KeyState.Gone)
        {
            var detail = known is { GoneOn: { } goneOn }
                ? $"Its kid is '{id}', a key that is gone since {TimeWords.Utc(goneOn)} by the emulator's clock."
                : $"Its kid is '{id}', which is no key of this emulator; nobody else's keys are asked for.";
            return TokenVerdict.Refused(Check, Bad("key", "The token is signed with a key that is not published.", detail));
        }

        if (token.Algorithm != "RS256" || !known!.Key.Verify(token.Signed, token.Signature))
            return TokenVerdict.Refused(Check, Bad("signature", "The token's signature is wrong."));
        return new TokenVerdict(Check, state switch
        {
            KeyState.Active => $"It is right, by the active key {id}.",
            KeyState.Retiring =>
                $"It is right, by the key {id}, which is published until {TimeWords.Utc(known.GoneOn!.Value)} by the emulator's clock.",
            _ => $"It is right, by the key {id}, which is not in use yet.",
        });
    }

    private TokenVerdict CheckIssuer(ParsedToken token)
    {
        var issuer = token.Text("iss");
        return Guid.TryParse(token.Text("tid"), out var tenant) && (issuer == issuers.V1(tenant) || issuer == issuers.V2(tenant))
            ? new TokenVerdict("issuer", $"It is from {issuer}, which is the issuer of its tenant.")
            : TokenVerdict.Refused(
                "issuer", Bad("issuer", "The token is not from an issuer that is trusted here.", $"Its iss is '{issuer}'."));
    }

    private TokenVerdict CheckTenant(ParsedToken token, EmulatedTenant? expected)
    {
        var known = Guid.TryParse(token.Text("tid"), out var id) ? directory.Content.FindTenant(id)?.Tenant : null;
        return known is not null && (expected is null || known.Id == expected.Id)
            ? new TokenVerdict("tenant", $"It is of the tenant {known.Name}.")
            : TokenVerdict.Refused("tenant", Bad("tenant", "The token is from another tenant.", $"Its tid is '{token.Text("tid")}'."));
    }

    // Which form it is to have depends on whom it is for.
    private TokenVerdict CheckVersion(ParsedToken token, string? audience)
    {
        var api = audience is not null
            ? directory.Content.FindResource(audience)
            : token.Texts("aud").Select(directory.Content.FindResource).FirstOrDefault(found => found is not null);
        var version = api?.Options.TokenVersion == 2 ? "2.0" : "1.0";
        return token.Text("ver") == version
            ? new TokenVerdict("version", $"It has the form of version {version}, as its resource takes it.")
            : TokenVerdict.Refused(
                "version", Bad("version", $"The token is not of version {version}.", $"Its ver is '{token.Text("ver")}'."));
    }

    private TokenVerdict CheckAudience(ParsedToken token, string? expected)
    {
        var audiences = token.Texts("aud");
        var named = string.Join(", ", audiences);
        if (expected is null && audiences.Length > 0)
            return new TokenVerdict("audience", $"It is for {named}. No audience was given to compare that with.");

        var api = expected is null ? null : directory.Content.FindResource(expected);
        return audiences.Any(audience => audience == expected || api?.IsNamed(audience) == true)
            ? new TokenVerdict("audience", $"It is for {named}.")
            : TokenVerdict.Refused("audience", Bad("audience", "The token is for another resource.", $"Its aud is '{named}'."));
    }
}
