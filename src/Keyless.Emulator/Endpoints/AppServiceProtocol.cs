using System.Globalization;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Endpoints;

/// <summary>The bodies of App Service, which Machine Learning has taken over with the protocol of 2017.</summary>
internal static class AppServiceProtocol
{
    public static EndpointAnswer Error(int status, string message) => EndpointAnswer.Json(status, json =>
    {
        json.WriteNumber("statusCode", status);
        json.WriteString("message", message);
        json.WriteString("correlationId", Guid.NewGuid());
    });

    /// <summary>The refusal of a request that is not a GET of the token path. Null: it is one.</summary>
    public static EndpointAnswer? Misrouted(EndpointRequest request, SourceKind host, string tokenPath)
    {
        if (!request.IsFor(tokenPath))
            return Error(404, Misdirection.NothingAt(request, host, tokenPath));
        return request.IsGet ? null : Error(405, $"Tokens are asked for with GET, not {request.Method}.").WithHeader("Allow", "GET");
    }

    public static EndpointAnswer WrongSecret(SecretHeader secret) =>
        Error(403, $"The header {secret.Name} is missing or does not hold this host's secret.");

    public static EndpointAnswer UnknownVersion(string? version, string supported) => version is null
        ? Error(400, "The parameter api-version is missing.")
        : Error(400, $"The api-version '{version}' is not supported. Use {supported}.");

    /// <summary>Answers a request whose secret and version are right.</summary>
    public static async ValueTask<EndpointAnswer> TokenAsync(
        VirtualHost host,
        EndpointRequest request,
        IEnumerable<SelectorParameter> selectors,
        Func<DateTimeOffset, string> writeExpiry,
        CancellationToken cancellationToken)
    {
        if (request.Query["resource"] is not { } resource)
            return Error(400, "The parameter resource is missing.");

        var choice = host.Choose(request.Query, selectors);
        if (choice.Identity is not { } identity)
            return Error(400, choice.Refusal);
        if (host.FindRefusal(resource, identity) is { } refusal)
            return Error(400, refusal.Description);

        var token = await host.TakeTokenAsync(request, identity, resource, cancellationToken).ConfigureAwait(false);
        return EndpointAnswer.Holding(token, json =>
        {
            json.WriteString("access_token", token.Text);
            json.WriteString("client_id", identity.ClientId);
            json.WriteString("expires_on", writeExpiry(token.ExpiresOn));
            json.WriteEpoch("not_before", token.NotBefore);
            json.WriteString("resource", resource);
            json.WriteString("token_type", "Bearer");
        });
    }

    /// <summary>An expiry as seconds since 1970.</summary>
    public static string Epoch(DateTimeOffset expiry) => expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>An expiry as App Service on Linux wrote it in 2017, such as <c>9/14/2017 00:00:00 +00:00</c>.</summary>
    public static string Date(DateTimeOffset expiry) => expiry.ToString("M/d/yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
