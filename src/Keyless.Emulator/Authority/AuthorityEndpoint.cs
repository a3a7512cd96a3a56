using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>What a validator of tokens reads: the discovery documents of the tenant and the public keys.</summary>
internal sealed class AuthorityEndpoint(TenantDirectory directory, Issuers issuers, KeyRing keys) : IResponder
{
    private const string Discovery = "/.well-known/openid-configuration";

    public RequestFacts Describe(EndpointRequest request) => new(
        request.Path.EndsWith(Discovery, StringComparison.OrdinalIgnoreCase) ? Leg.Discovery
        : request.Path.EndsWith("/keys", StringComparison.OrdinalIgnoreCase) ? Leg.Keys
        : Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => OAuthError.Of(status, code, text);

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsGet)
            return OAuthError.GetOnly(request.Method);

        foreach (var (tenant, _) in directory.Content.Tenants)
        {
            var prefix = $"/{tenant.Id}";
            var authority = issuers.AuthorityOf(tenant.Id).AbsoluteUri;
            if (request.IsFor(prefix + Discovery))
                return Document(issuers.V1(tenant.Id), $"{authority}discovery/keys");
            if (request.IsFor($"{prefix}/v2.0{Discovery}"))
                return Document(issuers.V2(tenant.Id), $"{authority}discovery/v2.0/keys");
            if (request.IsFor($"{prefix}/discovery/keys") || request.IsFor($"{prefix}/discovery/v2.0/keys"))
                return KeySet(await keys.GetPublishedAsync(cancellationToken).ConfigureAwait(false));
        }

        return OAuthError.Of(
            404, "not_found", $"There is nothing at {request.Path}. The discovery document is at /{directory.DefaultTenant.Id}{Discovery}.");
    }

    // No more is listed than is served.
    private static EndpointAnswer Document(string issuer, string keysAddress) => EndpointAnswer.Json(200, json =>
    {
        json.WriteString("issuer", issuer);
        json.WriteString("jwks_uri", keysAddress);
        WriteList(json, "response_types_supported", "token");
        WriteList(json, "subject_types_supported", "pairwise");
        WriteList(json, "id_token_signing_alg_values_supported", "RS256");
    });

    private static EndpointAnswer KeySet(IEnumerable<SigningKey> keys) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("keys");
        foreach (var key in keys)
            key.WritePublicKey(json);
        json.WriteEndArray();
    });

    private static void WriteList(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
