namespace Keyless.Sources;

/// <summary>Azure Cloud Shell: a form post, and tokens of the signed-in user only.</summary>
internal sealed class CloudShellSource : TokenSource
{
    public override SourceKind Kind => SourceKind.CloudShell;

    public override IReadOnlyList<DetectionRule> Rules { get; } = [DetectionRule.Variables(Variables.MsiEndpoint)];

    public override SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts) =>
        new(this, EndpointVariable.Read(environment, Variables.MsiEndpoint, Kind, new ConnectionRules(plainHttpHosts)))
        {
            AnnouncedBy = Variables.MsiEndpoint,
        };

    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query) =>
        query.Identity.Kind == ManagedIdentityKind.SystemAssigned
            ? EndpointRequest.PostForm(connection, [("Metadata", "true")], "resource", query.Resource)
            : throw Refuse(
                FailureKind.IdentityNotSupported,
                query,
                $"Cloud Shell can't be asked for {query.Identity}: its tokens belong to the signed-in user.",
                $"Use {nameof(ManagedIdentity)}.{nameof(ManagedIdentity.SystemAssigned)} in Cloud Shell, which stands for the signed-in user.");
}
