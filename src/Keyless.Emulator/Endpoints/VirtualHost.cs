using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>What a dialect needs to know of the host that it speaks for.</summary>
/// <param name="ResourceId">The host's own resource id. Null: it has none.</param>
/// <param name="Identities">The identities assigned to it.</param>
/// <param name="Tokens">The tokens its platform keeps.</param>
/// <param name="Clock">The emulator's clock.</param>
internal sealed record VirtualHost(string? ResourceId, IReadOnlyList<EmulatedIdentity> Identities, TokenShelf Tokens, TimeProvider Clock)
{
    public IdentityChoice Choose(Parameters parameters, IEnumerable<SelectorParameter> known) =>
        IdentityChoice.Make(parameters, known, Identities);

    public TokenSubject SubjectOf(EmulatedIdentity identity) => new ManagedIdentitySubject(identity, ResourceId);

    public ValueTask<IssuedToken> TakeTokenAsync(EmulatedIdentity identity, string resource, CancellationToken cancellationToken) =>
        Tokens.TakeAsync(new TokenWish(SubjectOf(identity), resource), cancellationToken);

    public long SecondsLeft(IssuedToken token) => Math.Max(0, (long)(token.ExpiresOn - Clock.GetUtcNow()).TotalSeconds);
}
