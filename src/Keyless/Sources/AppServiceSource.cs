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

    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query)
    {
        // Azure Automation needs Metadata; the others ignore it.
        var request = EndpointRequest.Get(connection.Endpoint)
            .Header("X-IDENTITY-HEADER", connection.Secret!.Reveal())
            .Header("Metadata", "true")
            .Query("api-version", ApiVersion)
            .Query("resource", query.Resource);

        return query.Identity switch
        {
            { Kind: ManagedIdentityKind.ClientId, Id: { } id } => request.Query("client_id", id),
            { Kind: ManagedIdentityKind.ObjectId, Id: { } id } => request.Query("object_id", id),
            { Kind: ManagedIdentityKind.ResourceId, Id: { } id } => request.Query("mi_res_id", id),
            _ => request,
        };
    }
}
