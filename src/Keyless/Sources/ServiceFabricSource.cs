namespace Keyless.Sources;

/// <summary>Service Fabric managed clusters: an https endpoint whose self-signed certificate is pinned by thumbprint.</summary>
internal sealed class ServiceFabricSource : TokenSource
{
    private const string ApiVersion = "2020-05-01";
    private const int Sha1Digits = 40;
    private const int Sha256Digits = 64;

    public override SourceKind Kind => SourceKind.ServiceFabric;

    public override IReadOnlyList<DetectionRule> Rules { get; } =
        [DetectionRule.Variables(Variables.IdentityEndpoint, Variables.IdentityHeader, Variables.IdentityServerThumbprint)];

    public override SourceConnection Connect(MachineEnvironment environment, IReadOnlyList<string> plainHttpHosts) =>
        new(this, EndpointVariable.Read(environment, Variables.IdentityEndpoint, Kind, new ConnectionRules(plainHttpHosts, requireHttps: true)))
        {
            AnnouncedBy = Variables.IdentityEndpoint,
            Secret = SecretVariable.Read(environment, Variables.IdentityHeader, Kind),
            Thumbprint = ReadThumbprint(environment),
        };

    public override EndpointRequest Describe(SourceConnection connection, TokenQuery query) => EndpointRequest.Get(
        connection,
        [("secret", connection.Secret!.Reveal())],
        ("api-version", ApiVersion),
        ("resource", query.Resource),
        ("principalId", ObjectId(query)),
        ("xms_cc", query.Capabilities.Count > 0 ? string.Join(',', query.Capabilities) : null),
        ("token_sha256_to_refresh", query.RejectedTokenHash));

    private string? ObjectId(TokenQuery query) => query.Identity.Kind switch
    {
        ManagedIdentityKind.SystemAssigned => null,
        ManagedIdentityKind.ObjectId => query.Identity.Id,
        _ => throw Refuse(
            FailureKind.IdentityNotConfigurable,
            query,
            $"Service Fabric can't be asked for {query.Identity}: at run time it takes an object id only.",
            $"Name the identity by {nameof(ManagedIdentity)}.{nameof(ManagedIdentity.FromObjectId)}, or assign it to the service in the application manifest and use {nameof(ManagedIdentity)}.{nameof(ManagedIdentity.SystemAssigned)}."),
    };

    private string ReadThumbprint(MachineEnvironment environment)
    {
        var value = environment.GetVariable(Variables.IdentityServerThumbprint) ?? "";
        var digits = string.Concat(value.Where(static c => c is not (':' or ' ')));
        if (digits.Length is Sha1Digits or Sha256Digits && digits.All(char.IsAsciiHexDigit))
            return digits.ToUpperInvariant();

        throw new ManagedIdentityException(
            new TokenFailure(
                FailureKind.InvalidConfiguration,
                $"{Variables.IdentityServerThumbprint} is not a certificate thumbprint of {Sha1Digits} or {Sha256Digits} hexadecimal digits: it has {digits.Length} characters.")
            {
                Source = Kind,
                NextStep = $"Take {Variables.IdentityServerThumbprint} as the cluster sets it, or unset it where this is not Service Fabric.",
            });
    }
}
