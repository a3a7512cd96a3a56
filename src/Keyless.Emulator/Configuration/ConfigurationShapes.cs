namespace Keyless.Emulator.Configuration;

/// <summary>The shape of <c>keyless.json</c>. The published schema says the same, and a test holds the two together.</summary>
internal static class ConfigurationShapes
{
    public const string Address = "address";
    public const string AuthorityPort = "authorityPort";
    public const string ArcKeyDirectory = "arcKeyDirectory";
    public const string Issuer = "issuer";
    public const string TokenLifetime = "tokenLifetime";
    public const string TokenTimes = "tokenTimes";
    public const string ReuseTokens = "reuseTokens";
    public const string StrictResources = "strictResources";

    public static ConfigurationShape Tenant { get; } = new(
        "tenant",
        RequiredName(),
        new ShapeMember("id", MemberKind.Id, "(follows from the name)"),
        new ShapeMember("claims", MemberKind.Claims));

    public static ConfigurationShape Identity { get; } = new(
        "identity",
        RequiredName(),
        new ShapeMember("tenant", MemberKind.Text, "(the first)"),
        new ShapeMember("clientId", MemberKind.Id, "(follows from the name)"),
        new ShapeMember("objectId", MemberKind.Id, "(follows from the name)"),
        new ShapeMember("resourceId", MemberKind.Text, "(follows from the name)"),
        new ShapeMember("enabled", MemberKind.Boolean, "true"),
        new ShapeMember("roles", MemberKind.Roles),
        new ShapeMember("claims", MemberKind.Claims));

    public static ConfigurationShape Host { get; } = new(
        "host",
        RequiredName(),
        new ShapeMember("kind", MemberKind.Choice) { IsRequired = true, Choices = [.. HostPlatform.Names] },
        new ShapeMember("systemAssigned", MemberKind.Boolean, "true"),
        new ShapeMember("userAssigned", MemberKind.TextList, "(all of its tenant)"),
        new ShapeMember("tenant", MemberKind.Text, "(the first)"),
        new ShapeMember("port", MemberKind.Port, "0"),
        new ShapeMember("secret", MemberKind.Secret, "(a random one)"),
        new ShapeMember("roles", MemberKind.Roles),
        new ShapeMember("propagationDelay", MemberKind.Duration, "0s"));

    public static ConfigurationShape Resource { get; } = new(
        "resource",
        new ShapeMember("identifiers", MemberKind.TextList) { IsRequired = true },
        new ShapeMember("appId", MemberKind.Id, "(follows from the first identifier)"),
        new ShapeMember("tokenVersion", MemberKind.TokenVersion, "1"),
        new ShapeMember("roles", MemberKind.TextList, "(any)"),
        new ShapeMember("assignmentRequired", MemberKind.Boolean, "false"));

    public static ConfigurationShape FederatedCredential { get; } = new(
        "federatedCredential",
        RequiredName(),
        new ShapeMember("identity", MemberKind.Text),
        new ShapeMember("issuer", MemberKind.Text, "(the application's tenant)"),
        new ShapeMember("subject", MemberKind.Text),
        new ShapeMember("audience", MemberKind.Text, FederatedCredentialDescription.DefaultAudience));

    public static ConfigurationShape Application { get; } = new(
        "application",
        RequiredName(),
        new ShapeMember("tenant", MemberKind.Text, "(the first)"),
        new ShapeMember("clientId", MemberKind.Id, "(follows from the name)"),
        new ShapeMember("objectId", MemberKind.Id, "(follows from the name)"),
        new ShapeMember("secrets", MemberKind.SecretList),
        new ShapeMember("certificates", MemberKind.TextList),
        new ShapeMember("federatedCredentials", MemberKind.Sections) { Section = FederatedCredential },
        new ShapeMember("roles", MemberKind.Roles));

    public static ConfigurationShape Root { get; } = new(
        "",
        new ShapeMember("$schema", MemberKind.Text),
        new ShapeMember(Address, MemberKind.Address, "127.0.0.1"),
        new ShapeMember(AuthorityPort, MemberKind.Port, "0"),
        new ShapeMember(ArcKeyDirectory, MemberKind.Text, "(the agent's own)"),
        new ShapeMember(Issuer, MemberKind.Choice, "local") { Choices = ["local", "entra"] },
        new ShapeMember(TokenLifetime, MemberKind.Duration, "24h"),
        new ShapeMember(TokenTimes, MemberKind.Choice, "(clock)") { Choices = ["clock", "real"] },
        new ShapeMember(ReuseTokens, MemberKind.Boolean, "true"),
        new ShapeMember(StrictResources, MemberKind.Boolean, "false"),
        new ShapeMember("apiAudience", MemberKind.Text, "api://keyless-sample"),
        new ShapeMember("keyDirectory", MemberKind.Text, "(keys are not kept)"),
        new ShapeMember("journalCapacity", MemberKind.Number, "10000"),
        new ShapeMember("journalSecrets", MemberKind.Boolean, "false"),
        new ShapeMember("seed", MemberKind.Number, "(a random one)"),
        new ShapeMember("rateLimit", MemberKind.Boolean, "false"),
        new ShapeMember("allowFaultHeader", MemberKind.Boolean, "false"),
        new ShapeMember("faults", MemberKind.Faults, "(none)"),
        new ShapeMember("claims", MemberKind.Claims),
        new ShapeMember("tenants", MemberKind.Sections, "default") { Section = Tenant },
        new ShapeMember("identities", MemberKind.Sections, "orders, billing") { Section = Identity },
        new ShapeMember("hosts", MemberKind.Sections, "(one for each platform)") { Section = Host },
        new ShapeMember("resources", MemberKind.Sections, "(none)") { Section = Resource },
        new ShapeMember("applications", MemberKind.Sections, "(none)") { Section = Application });

    /// <summary>Every shape that the published schema defines by a name.</summary>
    public static IReadOnlyList<ConfigurationShape> Named { get; } = [Tenant, Identity, Host, Resource, FederatedCredential, Application];

    private static ShapeMember RequiredName() => new("name", MemberKind.Name) { IsRequired = true };
}
