using Keyless.Emulator.Api;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>What stands in for Entra: the documents and keys that validators read, and tokens for applications.</summary>
/// <remarks>The sample API is at the same address.</remarks>
internal sealed class AuthorityEndpoint(
    TenantDirectory directory, Issuers issuers, KeyRing keys, EntraTokenEndpoint tokens, SampleApi api, TimeProvider clock) : IResponder
{
    private readonly DiscoveryDocument _documents = new(issuers);
    private readonly InstanceDiscovery _instances = new(issuers, clock);

    public RequestFacts Describe(EndpointRequest request)
    {
        if (SampleApi.IsFor(request))
            return api.Describe(request);

        var address = TenantAddress.Of(request.Path, directory.Content);
        if (IsToken(address))
            return new RequestFacts(Leg.Entra, Resource: EntraTokenEndpoint.ResourceOf(request));
        if (IsKeySet(address))
            return new RequestFacts(Leg.Keys);
        return new RequestFacts(IsDiscovery(address) || address.IsFor(AuthorityPaths.Instance) ? Leg.Discovery : Leg.Other);
    }

    // A text that begins with a number of Entra's is an error of the token endpoint.
    public EndpointAnswer Refuse(int status, string code, string text) =>
        EntraErrors.FromText(status, code, text)?.Answer(clock.GetUtcNow(), Guid.NewGuid(), Guid.NewGuid())
        ?? OAuthError.Of(status, code, text);

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (SampleApi.IsFor(request))
            return await api.AnswerAsync(request, cancellationToken).ConfigureAwait(false);

        var address = TenantAddress.Of(request.Path, directory.Content);
        if (IsToken(address))
            return await tokens.AnswerAsync(request, address, cancellationToken).ConfigureAwait(false);
        if (!request.IsGet)
            return OAuthError.GetOnly(request.Method);

        if (address.Exists)
        {
            if (IsDiscovery(address))
                return CachedDocument.Answer(request, _documents.Write(address, isV2: address.IsFor(AuthorityPaths.DiscoveryV2)));
            if (IsKeySet(address))
                return CachedDocument.Answer(request, KeySet(await keys.GetPublishedAsync(cancellationToken).ConfigureAwait(false)));
            if (address.IsAlias && address.IsFor(AuthorityPaths.Instance))
                return _instances.Answer(request);
        }
        else if (IsDiscovery(address) || IsKeySet(address))
        {
            return EntraErrors.UnknownTenant(address.Segment).Answer(clock.GetUtcNow(), Guid.NewGuid(), Guid.NewGuid());
        }

        var document = $"/{directory.DefaultTenant.Id}{AuthorityPaths.DiscoveryV1}";
        return OAuthError.Of(404, "not_found", $"There is nothing at {request.Path}. The discovery document is at {document}.");
    }

    private static bool IsToken(TenantAddress address) => address.IsFor(AuthorityPaths.TokenV1) || address.IsFor(AuthorityPaths.TokenV2);

    private static bool IsDiscovery(TenantAddress address) =>
        address.IsFor(AuthorityPaths.DiscoveryV1) || address.IsFor(AuthorityPaths.DiscoveryV2);

    private static bool IsKeySet(TenantAddress address) => address.IsFor(AuthorityPaths.KeysV1) || address.IsFor(AuthorityPaths.KeysV2);

    private static EndpointAnswer KeySet(IEnumerable<SigningKey> keys) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("keys");
        foreach (var key in keys)
            key.WritePublicKey(json);
        json.WriteEndArray();
    });
}
