namespace Keyless.Sources;

/// <summary>App Service, Functions, Container Apps, Automation: the platform gives an endpoint and a secret header.</summary>
internal sealed class AppServiceSource : TokenSource
{
    private const string ApiVersion = "2019-08-01";

    public override SourceKind Kind => SourceKind.AppService;

    public override IReadOnlyList<DetectionRule> Rules { get; } =
        [DetectionRule.Variables(Variables.IdentityEndpoint, Variables.IdentityHeader)];

    public override SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts) =>
        new(this, EndpointVariable.Read(environment, Variables.IdentityEndpoint, Kind, new ConnectionRules(plainHttpHosts)))
        {
            AnnouncedBy = Variables.IdentityEndpoint,
            Secret = SecretVariable.Read(environment, Variables.IdentityHeader, Kind),
        };

    // Azure Automation needs Metadata; the others ignore it.
    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query) => EndpointRequest.Get(
        connection,
        [("X-IDENTITY-HEADER", connection.Secret!.Reveal()), ("Metadata", "true")],
        ("api-version", ApiVersion),
        ("resource", query.Resource),
        query.IdentityAs("client_id", "object_id", "mi_res_id"));
}
