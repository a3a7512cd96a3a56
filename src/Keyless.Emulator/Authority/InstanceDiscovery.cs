using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>Tells a client whether the authority that it was given is one to be trusted: only the emulator itself is.</summary>
internal sealed class InstanceDiscovery(Issuers issuers, TimeProvider clock)
{
    public EndpointAnswer Answer(EndpointRequest request)
    {
        const string Parameter = "authorization_endpoint";
        if (request.Query[Parameter] is not { } named)
            return Refuse(EntraErrors.MissingParameter(Parameter));
        if (!Uri.TryCreate(named, UriKind.Absolute, out var endpoint) || !IsHere(endpoint))
            return Refuse(EntraErrors.UnknownInstance);

        var tenant = endpoint.Segments.Length > 1 ? endpoint.Segments[1].Trim('/') : "common";
        var network = issuers.BaseAddress.Authority;
        return EndpointAnswer.Json(200, json =>
        {
            json.WriteString("tenant_discovery_endpoint", $"{issuers.BaseAddress}{tenant}{AuthorityPaths.DiscoveryV2}");
            json.WriteString("api-version", "1.1");
            json.WriteStartArray("metadata");
            json.WriteStartObject();
            json.WriteString("preferred_network", network);
            json.WriteString("preferred_cache", network);
            json.WriteStartArray("aliases");
            foreach (var alias in new[] { network, issuers.BaseAddress.Host, $"localhost:{issuers.BaseAddress.Port}" })
                json.WriteStringValue(alias);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    private bool IsHere(Uri endpoint) =>
        endpoint.Port == issuers.BaseAddress.Port
        && (endpoint.Host == issuers.BaseAddress.Host || (issuers.BaseAddress.IsLoopback && endpoint.IsLoopback));

    private EndpointAnswer Refuse(EntraError error) => error.Answer(clock.GetUtcNow(), Guid.NewGuid(), Guid.NewGuid());
}
