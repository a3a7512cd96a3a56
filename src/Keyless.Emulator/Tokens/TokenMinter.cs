using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;

namespace Keyless.Emulator.Tokens;

/// <summary>Writes and signs tokens, in the form that the API they are for accepts.</summary>
internal sealed class TokenMinter(TenantDirectory directory, Issuers issuers, TokenIds ids, EmulatorClock clock, Func<EmulatorOptions> optionsNow)
{
    /// <summary>The grace that Entra gives to validators whose clock is behind.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly FlawedTokens _flaws = new();

    public IssuedToken Mint(SigningKey key, TokenWish wish)
    {
        var content = directory.Content;
        var options = optionsNow();
        var change = wish.Change;
        var flaw = change?.Flaw;
        var (tenant, subject) = SubjectOf(wish, content);
        var api = content.FindResource(wish.Resource);
        var version = (api?.Options.TokenVersion ?? 1) == 2 ^ flaw == TokenFlaw.WrongVersion ? 2 : 1;

        var skew = clock.Skew;
        var ahead = clock.TokenTimes == TokenTimes.Real ? clock.Ahead : TimeSpan.Zero;
        var now = DateTimeOffset.FromUnixTimeSeconds((clock.TokenNow + skew).ToUnixTimeSeconds()) + (change?.Skew ?? TimeSpan.Zero);
        var draft = new TokenDraft
        {
            Subject = subject,
            Version = version,
            Audience = change?.Audience ?? (version == 2 && api is not null ? api.AppId.ToString() : wish.Resource),
            Issuer = version == 2 ? issuers.V2(tenant.Id) : issuers.V1(tenant.Id),
            TenantId = tenant.Id,
            IssuedAt = now + (change?.NotBefore ?? -Grace),
            ExpiresOn = now + (change?.Lifetime ?? wish.Lifetime ?? options.TokenLifetime),
            Id = ids.Next(),
            Roles = AppRoles.Of(subject, wish.Resource, content),
            Capabilities = wish.Capabilities,
        };

        // Answers speak of the token as if nothing were wrong with it.
        var (notBefore, expiresOn) = (draft.IssuedAt, draft.ExpiresOn);
        if (flaw is not null)
            FlawedTokens.Spoil(draft, flaw.Value, issuers, now);

        var payload = ClaimOverrides.Apply(
            draft.Write(),
            options.Claims,
            content.FindTenant(tenant.Id)?.Claims,
            content.FindIdentity(subject.ObjectId)?.Claims,
            change?.Claims);
        var text = flaw is null ? SignedText.Of(payload, key, version) : _flaws.Sign(payload, key, version, flaw.Value);
        return new IssuedToken(text, draft.Id, key.Id, notBefore, expiresOn) { Skew = skew, Ahead = ahead };
    }

    private static (EmulatedTenant Tenant, TokenSubject Subject) SubjectOf(TokenWish wish, DirectoryContent content)
    {
        if (wish.Change?.Identity is not { } name)
            return (wish.Tenant, wish.Subject);

        var other = content.FindIdentity(name, wish.Tenant.Id)?.Identity ?? throw new EmulatorException(
            $"{nameof(TokenChange)}.{nameof(TokenChange.Identity)} is '{name}', but there is no managed identity of that name.");
        var subject = wish.Subject is ManagedIdentitySubject usual ? usual.With(other) : new ManagedIdentitySubject(other, null);
        return (content.FindTenant(other.TenantId)?.Tenant ?? wish.Tenant, subject);
    }
}
