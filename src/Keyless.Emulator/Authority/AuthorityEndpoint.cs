using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>What a validator of tokens reads: the discovery documents of the tenant and the public keys.</summary>
internal sealed class AuthorityEndpoint(Guid tenantId, SigningKeyHolder keys)
{
    private const string Discovery = "/.well-known/openid-configuration";

    /// <summary>The issuer of v1 tokens, with its final slash.</summary>
    public Uri IssuerAt(Uri baseAddress) => new(baseAddress, $"{tenantId}/");

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        var tenant = $"/{tenantId}";
        var issuer = IssuerAt(request.BaseAddress).AbsoluteUri;
        if (!request.IsGet)
            return OAuthError.GetOnly(request.Method);
        if (request.IsFor(tenant + Discovery))
            return Document(issuer, $"{issuer}discovery/keys");
        if (request.IsFor($"{tenant}/v2.0{Discovery}"))
            return Document($"{issuer}v2.0", $"{issuer}discovery/v2.0/keys");
        if (request.IsFor($"{tenant}/discovery/keys") || request.IsFor($"{tenant}/discovery/v2.0/keys"))
            return KeySet(await keys.GetAsync(cancellationToken).ConfigureAwait(false));

        return OAuthError.Of(404, "not_found", $"There is nothing at {request.Path}. The discovery document is at {tenant}{Discovery}.");
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

    private static EndpointAnswer KeySet(SigningKey key) => EndpointAnswer.Json(200, json =>
    {
        json.WriteStartArray("keys");
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
