using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>Azure Cloud Shell, whose tokens belong to the user who is signed in.</summary>
internal sealed class CloudShellEndpoint(VirtualHost host) : IEndpoint
{
    private static readonly string[] Selectors = ["client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"];

    private readonly UserSubject _user = new(Tenant.User);

    public string Path => "/oauth2/token";

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MSI_ENDPOINT"] = endpoint.AbsoluteUri,
    };

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsFor(Path))
            return Error(404, "NotFound", $"There is nothing at {request.Path}. Tokens are at {Path}.");
        if (!request.IsPost && !request.IsGet)
        {
            return Error(405, "MethodNotAllowed", $"Tokens are asked for with POST or GET, not {request.Method}.")
                .WithHeader("Allow", "POST, GET");
        }

        if (!request.HasMetadataHeader)
            return Error(400, "BadRequest", "Required metadata header not specified");

        // The content type is not looked at: clients differ in what they send.
        var parameters = request.IsPost ? Parameters.Parse(request.Body) : request.Query;
        if (Array.Find(Selectors, name => parameters[name] is not null) is { } selector)
            return Error(400, "BadRequest", $"The parameter {selector} is not supported: the token is the signed-in user's.");
        if (parameters["resource"] is not { } resource)
            return Error(400, "BadRequest", "The parameter resource is missing.");
        if (ResourceRefusal.For(resource) is { } refusal)
            return Error(400, "AudienceNotSupported", refusal.Description);

        var token = await host.Tokens.TakeAsync(new TokenWish(_user, resource), cancellationToken).ConfigureAwait(false);
        return Success(token, resource);
    }

    private static EndpointAnswer Error(int status, string code, string message) => EndpointAnswer.Json(status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private EndpointAnswer Success(IssuedToken token, string resource) => EndpointAnswer.Json(200, json =>
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
