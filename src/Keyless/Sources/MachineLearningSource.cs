namespace Keyless.Sources;

/// <summary>Azure Machine Learning, in the 2017 form that older App Service hosts share.</summary>
internal sealed class MachineLearningSource : TokenSource
{
    private const string ApiVersion = "2017-09-01";

    public override SourceKind Kind => SourceKind.MachineLearning;

    public override IReadOnlyList<DetectionRule> Rules { get; } = [DetectionRule.Variables(Variables.MsiEndpoint, Variables.MsiSecret)];

    public override SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts) =>
        new(this, EndpointVariable.Read(environment, Variables.MsiEndpoint, Kind, new ConnectionRules(plainHttpHosts)))
        {
            AnnouncedBy = Variables.MsiEndpoint,
            Secret = SecretVariable.Read(environment, Variables.MsiSecret, Kind),
            DefaultClientId = ReadDefaultClientId(environment),
        };

    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query) => EndpointRequest.Get(
        connection,
        [("secret", connection.Secret!.Reveal()), ("Metadata", "true")],
        ("api-version", ApiVersion),
        ("resource", query.Resource),
        ("clientid", ClientId(connection, query)));

    private string? ClientId(SourceConnection connection, TokenQuery query) => query.Identity.Kind switch
    {
        ManagedIdentityKind.ClientId => query.Identity.Id,

        // On an App Service of the 2017 form there is no default identity, and no id means the system-assigned one.
        ManagedIdentityKind.SystemAssigned => connection.DefaultClientId,
        _ => throw Refuse(
            FailureKind.IdentityKindNotSupported,
            query,
            $"Azure Machine Learning can't be asked for {query.Identity}: it takes a client id only.",
            $"Name the identity by {nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromClientId)}."),
    };

    private string? ReadDefaultClientId(MachineEnvironment environment)
    {
        if (!environment.IsSet(Variables.DefaultIdentityClientId))
            return null;

        var id = environment.GetVariable(Variables.DefaultIdentityClientId);
        return !string.IsNullOrWhiteSpace(id) ? id : throw new ManagedIdentityException(
            new TokenFailure(FailureKind.InvalidConfiguration, $"{Variables.DefaultIdentityClientId} is blank.")
            {
                Source = Kind,
                NextStep = $"Set {Variables.DefaultIdentityClientId} to the client id of the compute's identity, or unset it.",
            });
    }
}
