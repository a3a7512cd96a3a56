using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>Azure Cloud Shell, whose tokens belong to the user who is signed in.</summary>
internal sealed class CloudShellEndpoint(VirtualHost host) : IEndpoint
{
    private static readonly string[] Selectors = ["client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"];

    private readonly UserSubject _user = new(EmulatedUser.Robin);

    public string Path => "/oauth2/token";

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MSI_ENDPOINT"] = endpoint.AbsoluteUri,
    };

    public RequestFacts Describe(EndpointRequest request) => request.IsFor(Path)
        ? new RequestFacts(Leg.Token, Resource: ParametersOf(request)["resource"])
        : new RequestFacts(Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => Error(status, code, text);

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsFor(Path))
            return Error(404, "NotFound", Misdirection.NothingAt(request, SourceKind.CloudShell, Path));
        if (!request.IsPost && !request.IsGet)
        {
            return Error(405, "MethodNotAllowed", $"Tokens are asked for with POST or GET, not {request.Method}.")
                .WithHeader("Allow", "POST, GET");
        }

        if (!request.HasMetadataHeader)
            return Error(400, "BadRequest", "Required metadata header not specified");

        var parameters = ParametersOf(request);
        if (Array.Find(Selectors, name => parameters[name] is not null) is { } selector)
            return Error(400, "BadRequest", $"The parameter {selector} is not supported: the token is the signed-in user's.");
        if (parameters["resource"] is not { } resource)
            return Error(400, "BadRequest", "The parameter resource is missing.");
        if (host.FindRefusal(resource, _user) is { } refusal)
            return Error(400, "AudienceNotSupported", refusal.Description);

        var token = await host.TakeTokenAsync(request, new TokenWish(host.Tenant, _user, resource), cancellationToken).ConfigureAwait(false);
        return Success(token, resource);
    }

    // The content type is not looked at: clients differ in what they send.
    private static Parameters ParametersOf(EndpointRequest request) =>
        request.IsPost ? Parameters.Parse(request.Body) : request.Query;

    private static EndpointAnswer Error(int status, string code, string message) => EndpointAnswer.Json(status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private EndpointAnswer Success(IssuedToken token, string resource) => EndpointAnswer.Holding(token, json =>
    {
        json.WriteString("access_token", token.Text);
        json.WriteNumberText("expires_in", host.SecondsLeft(token));
        json.WriteEpoch("expires_on", token.ExpiresOn);
        json.WriteEpoch("not_before", token.NotBefore);
        json.WriteString("refresh_token", "");
        json.WriteString("resource", resource);
        json.WriteString("scope", "user_impersonation");
        json.WriteString("token_type", "Bearer");
    });
}
