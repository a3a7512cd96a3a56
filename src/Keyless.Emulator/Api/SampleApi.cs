using System.Globalization;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Api;

/// <summary>A small API of the first tenant that checks tokens: one path for whoever has a good one, one for a role.</summary>
internal sealed class SampleApi(TokenCheck check, TenantDirectory directory, Issuers issuers, string audience, EmulatorClock clock)
    : IResponder
{
    public const string Root = "/api";

    private const string WhoAmI = $"{Root}/whoami";
    private const string Orders = $"{Root}/orders";
    private const string Role = "Orders.Read";
    private const string Bearer = "Bearer ";

    private static readonly string[] Shown = ["oid", "tid", "appid", "azp", "idtyp", "ver", "aud", "iss", "uti", "xms_mirid"];

    public static bool IsFor(EndpointRequest request) =>
        request.IsFor(Root) || request.Path.StartsWith($"{Root}/", StringComparison.OrdinalIgnoreCase);

    public RequestFacts Describe(EndpointRequest request) => new(Leg.Api, Resource: audience);

    public EndpointAnswer Refuse(int status, string code, string text) => OAuthError.Of(status, code, text);

    public ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken) => new(Answer(request));

    private EndpointAnswer Answer(EndpointRequest request)
    {
        if (!request.IsFor(WhoAmI) && !request.IsFor(Orders))
            return OAuthError.Of(404, "not_found", $"There is nothing at {request.Path}. There are {WhoAmI} and {Orders}.");
        if (!request.IsGet)
            return OAuthError.Of(405, "method_not_allowed", $"Ask with GET, not {request.Method}.").WithHeader("Allow", "GET");

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Refuse(new TokenRefusal(401, TokenRefusal.Missing, "The request has no bearer token."));

        var (refusal, token) = check.Check(
            header[Bearer.Length..].Trim(), new TokenExpectation { Tenant = directory.DefaultTenant, Audience = audience });
        if (refusal is not null)
            return Refuse(refusal);

        if (request.IsFor(WhoAmI))
            return EndpointAnswer.Json(200, json => WriteCaller(json, token!));

        var roles = token!.Texts("roles");
        return roles.Contains(Role, StringComparer.Ordinal)
            ? EndpointAnswer.Json(200, WriteOrders)
            : Refuse(new TokenRefusal(
                403,
                "role",
                $"The token does not have the role {Role}.",
                roles.Length == 0 ? "It has none." : $"It has {string.Join(", ", roles)}."));
    }

    private static void WriteOrders(Utf8JsonWriter json)
    {
        json.WriteStartArray("orders");
        foreach (var number in new[] { 1001, 1002 })
        {
            json.WriteStartObject();
            json.WriteNumber("number", number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private EndpointAnswer Refuse(TokenRefusal refusal)
    {
        var answer = EndpointAnswer.Json(refusal.Status, json =>
        {
            json.WriteString("error", refusal.Error);
            json.WriteString("error_description", refusal.Detail is null ? refusal.Text : $"{refusal.Text} {refusal.Detail}");
            json.WriteString("reason", refusal.Reason);
        });
        return refusal.Status is 401 ? answer.WithHeader("WWW-Authenticate", Challenge(refusal)) : answer;
    }

    private string Challenge(TokenRefusal refusal)
    {
        var authority = issuers.AuthorityOf(directory.DefaultTenant.Id).AbsoluteUri.TrimEnd('/');
        var challenge = $"Bearer realm=\"\", authorization_uri=\"{authority}{Authority.AuthorityPaths.AuthorizeV1}\", "
            + $"resource_id=\"{audience}\"";
        if (refusal.Reason == TokenRefusal.Missing)
            return challenge;

        challenge += $", error=\"{refusal.Error}\", error_description=\"{refusal.Text}\"";
        return refusal.Reason == TokenRefusal.Revoked ? $"{challenge}, claims=\"{ClaimsNow()}\"" : challenge;
    }

    // What is asked for is a token from after this moment.
    private string ClaimsNow()
    {
        var now = clock.TokenNow.ToUnixTimeSeconds();
        var claims = """{"access_token":{"nbf":{"essential":true,"value":"NOW"}}}""".Replace(
            "NOW", now.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
    }

    private static void WriteCaller(Utf8JsonWriter json, ParsedToken token)
    {
        foreach (var claim in Shown)
        {
            if (token.Text(claim) is { } value)
                json.WriteString(claim, value);
        }

        json.WriteStartArray("roles");
        foreach (var role in token.Texts("roles"))
            json.WriteStringValue(role);
        json.WriteEndArray();
        if (token.Time("exp") is { } expiry)
            json.WriteNumber("exp", expiry.ToUnixTimeSeconds());
    }
}
