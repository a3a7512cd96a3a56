using Keyless.Emulator.Identities;
using Keyless.Emulator.Safety;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>What a dialect needs to know of the host that it speaks for.</summary>
/// <param name="name">The host's name.</param>
/// <param name="tenant">The host's tenant.</param>
/// <param name="resourceId">The host's own resource id. Null: it has none.</param>
/// <param name="assigned">The identities assigned to it at the start, its own first.</param>
/// <param name="directory">Who and what exists.</param>
/// <param name="tokens">The tokens its platform keeps.</param>
/// <param name="clock">The emulator's clock.</param>
/// <param name="passthrough">Real tokens for some resources. Null: for none.</param>
internal sealed class VirtualHost(
    string name,
    EmulatedTenant tenant,
    string? resourceId,
    IReadOnlyList<EmulatedIdentity> assigned,
    TenantDirectory directory,
    TokenShelf tokens,
    EmulatorClock clock,
    PassthroughGate? passthrough = null)
{
    private readonly AssignedIdentities _assigned = new(assigned, clock);

    public string Name => name;

    public EmulatedTenant Tenant => tenant;

    public TokenShelf Tokens => tokens;

    public EmulatorClock Clock => clock;

    /// <summary>The identities assigned to it, its own first; those included that are not found yet.</summary>
    public IReadOnlyList<EmulatedIdentity> Identities => _assigned.All;

    /// <summary>Gives it identities and takes them away.</summary>
    public AssignedIdentities Assignments => _assigned;

    public IdentityChoice Choose(Parameters parameters, IEnumerable<SelectorParameter> known) =>
        IdentityChoice.Make(parameters, known, _assigned.InEffect());

    /// <summary>Why no token is issued for a resource. Null: one can be.</summary>
    public ResourceRefusal? FindRefusal(string resource, EmulatedIdentity identity) => FindRefusal(resource, SubjectOf(identity));

    /// <summary>Why no token is issued for a resource. Null: one can be.</summary>
    public ResourceRefusal? FindRefusal(string resource, TokenSubject subject) =>
        passthrough?.Covers(resource) == true ? null : ResourceRefusal.For(resource, subject, directory.Content);

    public TokenSubject SubjectOf(EmulatedIdentity identity) =>
        new ManagedIdentitySubject(identity, resourceId);

    public ValueTask<IssuedToken> TakeTokenAsync(
        EndpointRequest request, EmulatedIdentity identity, string resource, CancellationToken cancellationToken) =>
        TakeTokenAsync(request, new TokenWish(tenant, SubjectOf(identity), resource), cancellationToken);

    // What a fault does to a token it does to an emulated one.
    public ValueTask<IssuedToken> TakeTokenAsync(EndpointRequest request, TokenWish wish, CancellationToken cancellationToken) =>
        passthrough is not null && request.TokenChange is null && passthrough.Covers(wish.Resource)
            ? passthrough.TakeAsync(wish.Resource, cancellationToken)
            : tokens.TakeAsync(wish with { Change = request.TokenChange, TakesStale = request.TakesStaleToken }, cancellationToken);

    public long SecondsLeft(IssuedToken token) => Math.Max(0, (long)(token.EndsOn - clock.TokenNow).TotalSeconds);
}
