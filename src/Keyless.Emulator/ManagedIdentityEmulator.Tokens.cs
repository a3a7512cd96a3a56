using Keyless.Emulator.Keys;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator;

/// <content>Tokens without a request for them, the keys that they are signed with, and an API that takes them.</content>
public sealed partial class ManagedIdentityEmulator
{
    /// <summary>The keys that tokens are signed with.</summary>
    public KeyRing Keys { get; }

    /// <summary>Where the sample API is, which takes the first tenant's tokens for <see cref="EmulatorOptions.ApiAudience"/>.</summary>
    /// <remarks>
    /// <c>whoami</c> below it repeats the claims of any good token, <c>orders</c> asks for the role <c>Orders.Read</c>. A bad token is
    /// refused with a <c>reason</c>, a revoked one with a claims challenge.
    /// </remarks>
    public Uri Api => new(_issuers.BaseAddress, "api/");

    /// <summary>Issues a token without any request to a host: always a new one, as good as those of the hosts.</summary>
    /// <param name="identity">Whom it is about.</param>
    /// <param name="resource">The resource that it is for.</param>
    /// <param name="change">How it differs from what it would be, such as what is wrong with it. Null: not at all.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="EmulatorException">No token is issued for this resource to this identity; the message says why.</exception>
    public async Task<string> IssueTokenAsync(
        EmulatedIdentity identity, string resource, TokenChange? change = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(resource);
        var content = _directory.Content;
        var tenant = content.FindTenant(identity.TenantId)?.Tenant
            ?? throw new EmulatorException($"The identity {identity.Name} is of a tenant that this emulator does not have.");
        var subject = new ManagedIdentitySubject(identity, hostResourceId: null);
        if (ResourceRefusal.For(resource, subject, content) is { } refusal)
            throw new EmulatorException($"No token is issued to {identity.Name}. {refusal.Description}");

        var key = await Keys.GetActiveAsync(ct).ConfigureAwait(false);
        return _minter.Mint(key, new TokenWish(tenant, subject, resource) { Change = change }).Text;
    }

    /// <summary>Issues a token without any request to a host.</summary>
    /// <param name="identity">The name of the identity that it is about: of the first tenant if there is one, else of another.</param>
    /// <param name="resource">The resource that it is for.</param>
    /// <param name="change">How it differs from what it would be. Null: not at all.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="EmulatorException">There is no such identity, or it gets no token for this resource.</exception>
    public Task<string> IssueTokenAsync(string identity, string resource, TokenChange? change = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var entry = _directory.Content.FindIdentity(identity, TenantId) ?? throw new EmulatorException(
            $"There is no managed identity '{identity}', only {string.Join(", ", Identities.Select(known => known.Name))}.");
        return IssueTokenAsync(entry.Identity, resource, change, ct);
    }

    /// <summary>Revokes one token: the sample API no longer takes it.</summary>
    /// <param name="token">The token, or its <c>uti</c>.</param>
    /// <remarks>Hosts go on handing it out as real ones do, unless the client names it as refused (Service Fabric).</remarks>
    /// <exception cref="ArgumentException">The text is a token without a <c>uti</c>.</exception>
    public void Revoke(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        var isId = !token.Contains('.', StringComparison.Ordinal);
        _revocations.RevokeToken(isId ? token : ParsedToken.TryParse(token)?.Text("uti")
            ?? throw new ArgumentException("This is no token with a uti. Give a token of the emulator, or its uti.", nameof(token)));
    }

    /// <summary>Revokes every token that has been issued to an identity until now.</summary>
    /// <param name="identity">The identity.</param>
    public void Revoke(EmulatedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        _revocations.RevokeSubject(identity.ObjectId);
    }

    /// <summary>Revokes every token that was issued before a moment, whoever it is about.</summary>
    /// <param name="issuedBefore">The moment, to the second, by the clock that tokens go by (<see cref="EmulatorOptions.TokenTimes"/>).</param>
    public void Revoke(DateTimeOffset issuedBefore) => _revocations.RevokeBefore(issuedBefore);
}
