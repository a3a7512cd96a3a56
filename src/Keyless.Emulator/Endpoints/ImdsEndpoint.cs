using System.Globalization;
using Keyless.Emulator.Hosting;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>The Instance Metadata Service of a virtual machine that has its first version only.</summary>
internal sealed class ImdsEndpoint(VirtualHost host) : IEndpoint
{
    private const string OldestVersion = "2018-02-01";

    // Clients look for the word IMDS in it.
    private const string Server = "IMDS/150.870.65.1854";

    /// <summary>Where tokens of the first version are.</summary>
    public const string TokenPath = "/metadata/identity/oauth2/token";

    /// <summary>What only the second version has.</summary>
    public static IReadOnlyList<string> SecondVersionPaths { get; } =
        ["/metadata/identity/getplatformmetadata", "/metadata/identity/issuecredential"];

    /// <summary>What a machine that has the first version only says at the second one's paths.</summary>
    public const string NoSecondVersion = "This virtual machine has the first version of managed identity only.";

    private static readonly SelectorParameter[] Selectors =
    [
        new("client_id", SelectorKind.ClientId),
        new("object_id", SelectorKind.ObjectId),
        new("msi_res_id", SelectorKind.ResourceId),
        new("mi_res_id", SelectorKind.ResourceId),
    ];

    public string Path => TokenPath;

    public IReadOnlyDictionary<string, string> VariablesAt(Uri endpoint) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = endpoint.GetLeftPart(UriPartial.Authority),
    };

    public RequestFacts Describe(EndpointRequest request) => request.IsFor(Path)
        ? RequestFacts.Of(
            request.HasMetadataHeader ? Leg.Token : Leg.Probe,
            host.Choose(request.Query, Selectors),
            request.Query["resource"])
        : new RequestFacts(SecondVersionPaths.Any(request.IsFor) ? Leg.Probe : Leg.Metadata);

    public EndpointAnswer Refuse(int status, string code, string text) => Signed(OAuthError.Of(status, code, text));

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, CancellationToken cancellationToken) =>
        Signed(await RouteAsync(request, cancellationToken).ConfigureAwait(false));

    private static EndpointAnswer Signed(EndpointAnswer answer) =>
        answer.WithHeader("Server", Server).WithHeader("x-ms-request-id", Guid.NewGuid().ToString());

    private async ValueTask<EndpointAnswer> RouteAsync(EndpointRequest request, CancellationToken cancellationToken)
    {
        // A probe takes any other answer here, a 400 above all, for the second version.
        if (SecondVersionPaths.Any(request.IsFor))
            return OAuthError.Of(404, "not_found", NoSecondVersion);
        if (request.WasForwarded)
            return OAuthError.Forwarded();
        if (!request.HasMetadataHeader)
            return OAuthError.InvalidRequest("Required metadata header not specified");
        if (!request.IsFor(Path))
            return OAuthError.Of(401, "unknown_source", $"Unknown Source {request.Path}");
        if (!request.IsGet)
            return OAuthError.GetOnly(request.Method);
        if (request.Query["api-version"] is not { } version)
            return OAuthError.InvalidRequest("Required query variable 'api-version' is missing");
        if (!DatedVersion.IsFrom(OldestVersion, version))
            return OAuthError.InvalidRequest($"The api-version '{version}' is not supported. Use {OldestVersion} or later.");
        if (request.Query["resource"] is not { } resource)
            return OAuthError.InvalidRequest("Required query variable 'resource' is missing");

        var choice = host.Choose(request.Query, Selectors);
        if (choice.Identity is not { } identity)
            return OAuthError.InvalidRequest(choice.Refusal);
        if (host.FindRefusal(resource, identity) is { } refusal)
            return OAuthError.InvalidResource(refusal, host.Clock.GetUtcNow());

        var token = await host.TakeTokenAsync(request, identity, resource, cancellationToken).ConfigureAwait(false);
        return Success(token, resource, identity);
    }

    private EndpointAnswer Success(IssuedToken token, string resource, EmulatedIdentity identity) => EndpointAnswer.Holding(token, json =>
    {
        json.WriteString("access_token", token.Text);
        json.WriteString("client_id", identity.ClientId);
        json.WriteNumberText("expires_in", host.SecondsLeft(token));
        json.WriteEpoch("expires_on", token.ExpiresOn);
        json.WriteNumberText("ext_expires_in", host.SecondsLeft(token));
        json.WriteEpoch("not_before", token.NotBefore);
        json.WriteString("refresh_token", "");
        json.WriteString("resource", resource);
        json.WriteString("token_type", "Bearer");
    });
}
