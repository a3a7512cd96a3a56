namespace Keyless.Sources;

/// <summary>A server connected by Azure Arc: the agent challenges the caller to read a file that only administrators can.</summary>
internal sealed class AzureArcSource : TokenSource, IChallengedSource
{
    private const string ApiVersion = "2020-06-01";

    // Where the agent listens if only its program file tells of it.
    private static readonly Uri DefaultEndpoint = new("http://127.0.0.1:40342/metadata/identity/oauth2/token");

    public override SourceKind Kind => SourceKind.AzureArc;

    public override IReadOnlyList<DetectionRule> Rules { get; } =
        [DetectionRule.Variables(Variables.IdentityEndpoint, Variables.ImdsEndpoint), DetectionRule.ArcAgentFile];

    public override SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts)
    {
        var announced = environment.IsSet(Variables.IdentityEndpoint);
        return new SourceConnection(
            this,
            announced ? EndpointVariable.Read(environment, Variables.IdentityEndpoint, Kind, new ConnectionRules(plainHttpHosts)) : DefaultEndpoint)
        {
            AnnouncedBy = announced ? Variables.IdentityEndpoint : DetectionRule.ArcAgentFile.Holds(environment) ? environment.ArcAgentFile : "the choice of the source",
            ArcKeyDirectory = environment.ArcKeyDirectory,
        };
    }

    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query) => EndpointRequest.Get(
        connection,
        [("Metadata", "true")],
        ("api-version", ApiVersion),
        ("resource", query.Resource),
        query.IdentityAs("client_id", "object_id", "msi_res_id"));

    public EndpointRequest Answer(EndpointRequest request, Secret key) => request.With("Authorization", $"Basic {key.Reveal()}");

    public Secret ReadKey(IReadOnlyList<string> challenges, SourceConnection connection)
    {
        var path = AzureArcChallenge.KeyFilePath(challenges);
        return AzureArcKeyFile.Read(path, connection.ArcKeyDirectory);
    }
}
