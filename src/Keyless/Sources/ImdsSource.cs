namespace Keyless.Sources;

/// <summary>The Instance Metadata Service of a virtual machine: the source that nothing needs to announce.</summary>
internal sealed class ImdsSource : TokenSource
{
    public const int Concurrency = 5;

    private const string ApiVersion = "2018-02-01";
    private const string TokenPath = "/metadata/identity/oauth2/token";

    // The library's own name and version, for the platform's statistics.
    private static readonly string Version = typeof(ImdsSource).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
    private static readonly Uri DefaultHost = new("http://169.254.169.254");

    public override SourceKind Kind => SourceKind.Imds;

    /// <summary>The service answers 429 to more (Azure Instance Metadata Service, "Rate limiting").</summary>
    public override int MostConnections => Concurrency;

    public override IReadOnlyList<DetectionRule> Rules { get; } = [DetectionRule.Otherwise];

    public override SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts)
    {
        if (!environment.IsSet(Variables.PodIdentityAuthorityHost))
            return new SourceConnection(this, new Uri(DefaultHost, TokenPath));

        // As in MSAL.NET, a path in the variable gives way to the token path.
        var host = EndpointVariable.Read(environment, Variables.PodIdentityAuthorityHost, Kind, new ConnectionRules(plainHttpHosts));
        return new SourceConnection(this, new Uri(host, TokenPath)) { AnnouncedBy = Variables.PodIdentityAuthorityHost };
    }

    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query) => EndpointRequest.Get(
        connection,
        [
            ("Metadata", "true"),
            ("x-client-SKU", "Keyless"),
            ("x-client-Ver", Version),
            ("x-ms-client-request-id", query.CorrelationId.ToString("D")),
        ],
        ("api-version", ApiVersion),
        ("resource", query.Resource),
        query.IdentityAs("client_id", "object_id", "msi_res_id"));
}
