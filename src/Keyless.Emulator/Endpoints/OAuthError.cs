using Keyless.Emulator.Authority;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>The flat error of OAuth, which IMDS and Azure Arc answer with.</summary>
internal static class OAuthError
{
    public static EndpointAnswer Of(int status, string error, string description) => EndpointAnswer.Json(status, json =>
    {
        json.WriteString("error", error);
        json.WriteString("error_description", description);
    });

    public static EndpointAnswer InvalidRequest(string description) => Of(400, "invalid_request", description);

    public static EndpointAnswer Forwarded() =>
        InvalidRequest("A request with an X-Forwarded-For header is refused: this endpoint must not be reached through a proxy.");

    public static EndpointAnswer GetOnly(string method) =>
        Of(405, "method_not_allowed", $"Tokens are asked for with GET, not {method}.").WithHeader("Allow", "GET");

    /// <summary>A refusal that comes from Entra.</summary>
    public static EndpointAnswer InvalidResource(ResourceRefusal refusal, DateTimeOffset now) =>
        EntraError.Of(refusal).Answer(now, Guid.NewGuid(), Guid.NewGuid());
}
