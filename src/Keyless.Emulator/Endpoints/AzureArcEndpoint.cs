using Keyless.Emulator.Faults;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>A server that the Azure Arc agent has connected: whoever asks must first show that it may read the agent's key files.</summary>
internal sealed class AzureArcEndpoint(VirtualHost host, ArcKeyFiles keys) : IEndpoint, IDisposable
{
    private const string Scheme = "Basic ";
    private const string OldestVersion = "2019-08-15";

    // The agent ignores mi_res_id, and so hands out its own identity's token for it.
    private static readonly SelectorParameter[] Selectors =
    [
        new("client_id", SelectorKind.ClientId),
        new("object_id", SelectorKind.ObjectId),
        new("msi_res_id", SelectorKind.ResourceId),
    ];

    public string Path => "/metadata/identity/oauth2/token";

    public string? Problem { get; } = keys.FindProblem();

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["IDENTITY_ENDPOINT"] = endpoint.AbsoluteUri,
        ["IMDS_ENDPOINT"] = endpoint.GetLeftPart(UriPartial.Authority),
    };

    public RequestFacts Describe(EndpointRequest request) => request.IsFor(Path)
        ? RequestFacts.Of(
            request.Headers.Authorization.Count == 0 ? Leg.Challenge : Leg.Token,
            host.Choose(request.Query, Selectors),
            request.Query["resource"])
        : new RequestFacts(Leg.Other);

    public EndpointAnswer Refuse(int status, string code, string text) => OAuthError.Of(status, code, text);

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        if (request.WasForwarded)
            return OAuthError.Forwarded();
        if (!request.HasMetadataHeader)
            return OAuthError.InvalidRequest("Required metadata header not specified");
        if (!request.IsFor(Path))
            return OAuthError.Of(404, "not_found", Misdirection.NothingAt(request, SourceKind.AzureArc, Path));
        if (!request.IsGet)
            return OAuthError.GetOnly(request.Method);

        if (request.Query["api-version"] is not { } version)
            return OAuthError.InvalidRequest("Required query variable 'api-version' is missing");
        if (!DatedVersion.IsFrom(OldestVersion, version))
            return OAuthError.InvalidRequest($"The api-version '{version}' is not supported. Use {OldestVersion} or later.");
        if (request.Query["resource"] is not { } resource)
            return OAuthError.InvalidRequest("Required query variable 'resource' is missing");
        if (!HasValidKey(request))
            return Challenge(request.ChallengeFlaw);

        var choice = host.Choose(request.Query, Selectors);
        if (choice.Identity is not { } identity)
            return OAuthError.InvalidRequest(choice.Refusal);
        if (host.FindRefusal(resource, identity) is { } refusal)
            return OAuthError.InvalidResource(refusal, host.Clock.GetUtcNow());

        var token = await host.TakeTokenAsync(request, identity, resource, cancellationToken).ConfigureAwait(false);
        return Success(token, resource, choice.Selector);
    }

    public void Dispose() => keys.Dispose();

    private bool HasValidKey(EndpointRequest request) =>
        request.Headers.Authorization.ToString() is var header
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && keys.Redeem(header[Scheme.Length..]);

    private EndpointAnswer Challenge(ArcFlaw? flaw)
    {
        try
        {
            var file = keys.Issue(flaw);
            var answer = OAuthError
                .Of(401, "unauthorized", "The request must hold the text of the key file that the WWW-Authenticate header names.");
            return flaw switch
            {
                ArcFlaw.NoHeader => answer,
                ArcFlaw.SeveralEquals => answer.WithHeader("WWW-Authenticate", $"Basic realm={file}=="),
                ArcFlaw.WrongScheme => answer.WithHeader("WWW-Authenticate", $"Bearer realm={file}"),
                _ => answer.WithHeader("WWW-Authenticate", $"Basic realm={file}"),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return OAuthError.Of(500, "server_error", keys.Explain(exception));
        }
    }

    private EndpointAnswer Success(IssuedToken token, string resource, IdentitySelector? selector) => EndpointAnswer.Holding(token, json =>
    {
        json.WriteString("access_token", token.Text);
        json.WriteNumberText("expires_in", host.SecondsLeft(token));
        json.WriteEpoch("expires_on", token.ExpiresOn);
        json.WriteEpoch("not_before", token.NotBefore);
        json.WriteString("resource", resource);
        json.WriteString("token_type", "Bearer");

        // The proof that this agent knows of user-assigned identities: older ones ignore the parameter.
        if (selector is not null)
            json.WriteString(selector.Parameter.Name, selector.Value);
    });
}
