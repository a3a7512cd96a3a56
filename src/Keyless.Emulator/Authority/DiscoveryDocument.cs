using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>The discovery documents: where a tenant's keys and tokens are, and what its tokens call their issuer.</summary>
internal sealed class DiscoveryDocument(Issuers issuers)
{
    public EndpointAnswer Write(TenantAddress address, bool isV2)
    {
        var authority = new Uri(issuers.BaseAddress, address.Tenant?.Id.ToString() ?? address.Segment).AbsoluteUri;
        return EndpointAnswer.Json(200, json =>
        {
            json.WriteString("token_endpoint", authority + (isV2 ? AuthorityPaths.TokenV2 : AuthorityPaths.TokenV1));
            WriteList(json, "token_endpoint_auth_methods_supported", "client_secret_post", "private_key_jwt", "client_secret_basic");
            json.WriteString("jwks_uri", authority + (isV2 ? AuthorityPaths.KeysV2 : AuthorityPaths.KeysV1));
            WriteList(json, "response_modes_supported", "query", "fragment", "form_post");
            WriteList(json, "subject_types_supported", "pairwise");
            WriteList(json, "id_token_signing_alg_values_supported", "RS256");
            WriteList(json, "response_types_supported", "code", "token");
            WriteList(json, "scopes_supported", "openid");
            WriteList(json, "grant_types_supported", "client_credentials");
            json.WriteString("issuer", IssuerOf(address, isV2));

            // Nobody can sign in here, but clients take a document without this address for a broken one.
            json.WriteString("authorization_endpoint", authority + (isV2 ? AuthorityPaths.AuthorizeV2 : AuthorityPaths.AuthorizeV1));
            json.WriteString("cloud_instance_name", issuers.BaseAddress.Authority);
        });
    }

    // The document of all tenants names none.
    private string IssuerOf(TenantAddress address, bool isV2)
    {
        var id = address.Tenant?.Id ?? Guid.Empty;
        var issuer = isV2 ? issuers.V2(id) : issuers.V1(id);
        return address.Tenant is null ? issuer.Replace(id.ToString(), "{tenantid}", StringComparison.Ordinal) : issuer;
    }

    private static void WriteList(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
