using Keyless.Emulator.Endpoints;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Authority;

/// <summary>Where applications get tokens by their own credentials: in v2 for a scope, in v1 for a resource.</summary>
internal sealed class EntraTokenEndpoint(
    TenantDirectory directory,
    ClientAuthentication authentication,
    TokenMinter minter,
    KeyRing keys,
    Func<EmulatorOptions> options,
    EmulatorClock clock)
{
    private const string DefaultScope = "/.default";

    // Entra's tokens for applications live an hour, other than those of managed identities.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The resource that a request asks for.</summary>
    public static string? ResourceOf(EndpointRequest request)
    {
        var form = Parameters.Parse(request.Body);
        return form["scope"] is not { } scope ? form["resource"]
            : scope.EndsWith(DefaultScope, StringComparison.Ordinal) ? scope[..^DefaultScope.Length]
            : scope;
    }

    public async ValueTask<EndpointAnswer> AnswerAsync(EndpointRequest request, TenantAddress address, CancellationToken cancellationToken)
    {
        var isV2 = address.IsFor(AuthorityPaths.TokenV2);
        var (error, wish) = Judge(request, address, isV2);
        var traceId = Guid.NewGuid();
        var correlationId = Guid.TryParse(request.Headers["client-request-id"], out var given) ? given : Guid.NewGuid();

        EndpointAnswer answer;
        if (wish is null)
        {
            answer = error!.Answer(clock.GetUtcNow(), correlationId, traceId);
        }
        else
        {
            var key = await keys.GetActiveAsync(cancellationToken).ConfigureAwait(false);
            answer = Success(minter.Mint(key, wish with { Change = request.TokenChange }), wish.Resource, isV2);
        }

        if (string.Equals(request.Headers["return-client-request-id"], "true", StringComparison.OrdinalIgnoreCase))
            answer = answer.WithHeader("client-request-id", correlationId.ToString());
        return answer
            .WithHeader("x-ms-request-id", traceId.ToString())
            .WithHeader("Cache-Control", "no-store, no-cache")
            .WithHeader("Pragma", "no-cache");
    }

    private (EntraError? Error, TokenWish? Wish) Judge(EndpointRequest request, TenantAddress address, bool isV2)
    {
        if (!request.IsPost)
            return (EntraErrors.WrongMethod(request.Method), null);
        if (!address.Exists)
            return (EntraErrors.UnknownTenant(address.Segment), null);

        var client = ClientRequest.Read(request);
        if (client.GrantType is null)
            return (EntraErrors.MissingParameter("grant_type"), null);
        if (client.GrantType != "client_credentials")
            return (EntraErrors.UnknownGrant(client.GrantType), null);
        if (client.ClientId is null)
            return (EntraErrors.MissingParameter("client_id"), null);
        if ((isV2 ? client.Scope : client.Resource) is not { } target)
            return (EntraErrors.MissingParameter(isV2 ? "scope" : "resource"), null);

        // An alias of all tenants leads to the application's own.
        var application = directory.Content.Applications.FirstOrDefault(entry =>
            Guid.TryParse(client.ClientId, out var id) && entry.ClientId == id && (address.IsAlias || entry.Tenant == address.Tenant));
        if (application is null)
            return (EntraErrors.UnknownApplication(client.ClientId, address.Tenant?.Name ?? address.Segment), null);

        var (error, strength) = authentication.Check(client, application);
        if (error is not null)
            return (error, null);
        if (!client.TryReadCapabilities(out var capabilities))
            return (EntraErrors.BadParameter("claims", "Give a JSON object."), null);
        if (isV2 && FindScopeFault(target) is { } fault)
            return (fault, null);

        var resource = isV2 ? target.Trim()[..^DefaultScope.Length] : target;
        var subject = new ApplicationSubject(application, strength);
        if (ResourceRefusal.For(resource, subject, directory.Content) is { } refusal)
            return (EntraError.Of(refusal), null);

        return (null, new TokenWish(application.Tenant, subject, resource)
        {
            Capabilities = capabilities,
            Lifetime = options().TokenLifetime is var longest && Lifetime < longest ? Lifetime : longest,
        });
    }

    private static EntraError? FindScopeFault(string scope)
    {
        if (scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 1)
            return EntraErrors.SeveralScopes(scope);
        return scope.Trim() is var one && one.EndsWith(DefaultScope, StringComparison.Ordinal) && one.Length > DefaultScope.Length
            ? null
            : EntraErrors.NotDefaultScope(scope);
    }

    private EndpointAnswer Success(IssuedToken token, string resource, bool isV2)
    {
        var left = Math.Max(0, (long)(token.EndsOn - clock.TokenNow).TotalSeconds);
        return EndpointAnswer.Holding(token, json =>
        {
            json.WriteString("token_type", "Bearer");
            if (isV2)
            {
                json.WriteNumber("expires_in", left);
                json.WriteNumber("ext_expires_in", left);
            }
            else
            {
                json.WriteNumberText("expires_in", left);
                json.WriteNumberText("ext_expires_in", left);
                json.WriteEpoch("expires_on", token.ExpiresOn);
                json.WriteEpoch("not_before", token.NotBefore);
                json.WriteString("resource", resource);
            }

            json.WriteString("access_token", token.Text);
        });
    }
}
