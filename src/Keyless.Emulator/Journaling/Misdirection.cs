using Keyless.Emulator.Endpoints;

namespace Keyless.Emulator.Journaling;

/// <summary>Guesses from a request's looks which platform it was written for.</summary>
internal static class Misdirection
{
    private const string InstancePath = "/metadata/identity/oauth2/token";

    private static readonly string[] ArcVersions = ["2019-08-15", "2019-11-01", "2020-06-01"];

    /// <summary>Says what a request looks like. Null: like one for this host, or like nothing in particular.</summary>
    /// <param name="request">The request.</param>
    /// <param name="host">The platform of the host that it came to. Null: the token issuer.</param>
    public static string? HintFor(EndpointRequest request, SourceKind? host)
    {
        var source = Guess(request);
        if (source is not null)
            return source == host || (host is null && request.Path == "/") ? null : $"looks like {Name(source)} against {NameOfHost(host)}";
        return host is not null && LooksLikeEntra(request) ? $"looks like Entra's token endpoint against {NameOfHost(host)}" : null;
    }

    /// <summary>The text of an answer to a request for a path that is not there.</summary>
    public static string NothingAt(EndpointRequest request, SourceKind host, string tokenPath)
    {
        var text = $"There is nothing at {request.Path}. Tokens are at {tokenPath}.";
        return HintFor(request, host) is { } hint ? $"{text} This {hint}." : text;
    }

    private static SourceKind? Guess(EndpointRequest request)
    {
        var version = request.Query["api-version"];
        if (request.Headers.ContainsKey("X-IDENTITY-HEADER") || request.IsFor("/msi/token"))
            return SourceKind.AppService;
        if (request.IsFor("/MSI/auth"))
            return SourceKind.MachineLearning;
        if (request.Headers.ContainsKey("secret"))
            return request.IsFor(InstancePath) ? SourceKind.ServiceFabric : version == "2017-09-01" ? SourceKind.MachineLearning : null;
        if (request.IsPost && request.HasMetadataHeader)
            return SourceKind.CloudShell;
        if (!request.IsFor(InstancePath))
            return null;
        return ArcVersions.Contains(version) ? SourceKind.AzureArc : SourceKind.Imds;
    }

    private static bool LooksLikeEntra(EndpointRequest request) =>
        request.Path.EndsWith("/oauth2/v2.0/token", StringComparison.OrdinalIgnoreCase)
        || (request.IsPost && request.Body.Contains("grant_type=", StringComparison.Ordinal));

    private static string Name(SourceKind? source) => source switch
    {
        SourceKind.Imds => "IMDS",
        SourceKind.AppService => "App Service",
        SourceKind.AzureArc => "Azure Arc",
        SourceKind.CloudShell => "Cloud Shell",
        SourceKind.ServiceFabric => "Service Fabric",
        _ => "Machine Learning",
    };

    private static string NameOfHost(SourceKind? host) => host switch
    {
        null => "the token issuer",
        SourceKind.AppService or SourceKind.Imds or SourceKind.AzureArc => $"an {Name(host)} host",
        _ => $"a {Name(host)} host",
    };
}
