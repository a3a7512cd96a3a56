using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Configuration;

/// <summary>Turns a configuration that fits its shape into options.</summary>
/// <param name="readCertificate">The PEM text that an entry of an application's certificates stands for.</param>
internal sealed class OptionsReader(Func<ConfigurationNode, string> readCertificate)
{
    private static readonly EmulatorOptions Defaults = new();

    public EmulatorOptions Read(ConfigurationNode root) => new()
    {
        Address = Text(root, ConfigurationShapes.Address) is { } address ? IPAddress.Parse(address) : Defaults.Address,
        AuthorityPort = Number(root, ConfigurationShapes.AuthorityPort) ?? Defaults.AuthorityPort,
        ArcKeyDirectory = Text(root, ConfigurationShapes.ArcKeyDirectory) ?? Defaults.ArcKeyDirectory,
        Issuer = Text(root, ConfigurationShapes.Issuer) == "entra" ? IssuerProfile.Entra : IssuerProfile.Local,
        TokenLifetime = Duration(root, ConfigurationShapes.TokenLifetime) ?? Defaults.TokenLifetime,
        TokenTimes = Text(root, ConfigurationShapes.TokenTimes) == "real" ? TokenTimes.Real : TokenTimes.Clock,
        ReuseTokens = Boolean(root, ConfigurationShapes.ReuseTokens, Defaults.ReuseTokens),
        StrictResources = Boolean(root, ConfigurationShapes.StrictResources, Defaults.StrictResources),
        ApiAudience = Text(root, "apiAudience") ?? Defaults.ApiAudience,
        KeyDirectory = Text(root, "keyDirectory"),
        JournalCapacity = Number(root, "journalCapacity") ?? Defaults.JournalCapacity,
        JournalSecrets = Boolean(root, "journalSecrets", Defaults.JournalSecrets),
        Seed = Number(root, "seed"),
        RateLimit = Boolean(root, "rateLimit", byDefault: false) ? new RateLimit() : null,
        AllowFaultHeader = Boolean(root, "allowFaultHeader", Defaults.AllowFaultHeader),
        Faults = root["faults"] is { } faults ? [.. faults.Items.Select(ReadFault)] : Defaults.Faults,
        Claims = Claims(root),
        Tenants = Sections(root, "tenants", ReadTenant),
        Identities = root["identities"] is null ? Defaults.Identities : Sections(root, "identities", ReadIdentity),
        Hosts = Sections(root, "hosts", ReadHost),
        Resources = Sections(root, "resources", ReadResource),
        Applications = Sections(root, "applications", ReadApplication),
    };

    /// <exception cref="EmulatorException">It is no rule; the message names the member.</exception>
    public static FaultRule ReadFault(ConfigurationNode node)
    {
        using var json = JsonDocument.Parse(node.ToJson()?.ToJsonString() ?? "null");
        return FaultRule.FromJson(json.RootElement);
    }

    private static TenantDescription ReadTenant(ConfigurationNode node) => new()
    {
        Name = Name(node),
        Id = Id(node, "id"),
        Claims = Claims(node),
    };

    private static IdentityDescription ReadIdentity(ConfigurationNode node) => new()
    {
        Name = Name(node),
        Tenant = Text(node, "tenant"),
        ClientId = Id(node, "clientId"),
        ObjectId = Id(node, "objectId"),
        ResourceId = Text(node, "resourceId"),
        Enabled = Boolean(node, "enabled", true),
        Roles = Roles(node),
        Claims = Claims(node),
    };

    private static HostDescription ReadHost(ConfigurationNode node) => new()
    {
        Name = Name(node),
        Kind = HostPlatform.TryRead(Text(node, "kind"), out var kind) ? kind : throw new InvalidOperationException("The shape was checked."),
        SystemAssigned = Boolean(node, "systemAssigned", true),
        UserAssigned = Texts(node, "userAssigned"),
        Tenant = Text(node, "tenant"),
        Port = Number(node, "port") ?? 0,
        Secret = Text(node, "secret"),
        Roles = Roles(node),
        PropagationDelay = Duration(node, "propagationDelay") ?? TimeSpan.Zero,
    };

    private static ResourceDescription ReadResource(ConfigurationNode node) => new()
    {
        Identifiers = Texts(node, "identifiers")!,
        AppId = Id(node, "appId"),
        TokenVersion = Number(node, "tokenVersion") ?? 1,
        Roles = Texts(node, "roles"),
        AssignmentRequired = Boolean(node, "assignmentRequired", false),
    };

    private static FederatedCredentialDescription ReadFederatedCredential(ConfigurationNode node) => new()
    {
        Name = Name(node),
        Identity = Text(node, "identity"),
        Issuer = Text(node, "issuer"),
        Subject = Text(node, "subject"),
        Audience = Text(node, "audience") ?? FederatedCredentialDescription.DefaultAudience,
    };

    private static IReadOnlyList<T> Sections<T>(ConfigurationNode node, string member, Func<ConfigurationNode, T> read) =>
        [.. (node[member]?.Items ?? []).Select(read)];

    private static string Name(ConfigurationNode node) => node["name"]!.Text;

    private static string? Text(ConfigurationNode node, string member) => node[member]?.Text;

    private static string[]? Texts(ConfigurationNode node, string member) => node[member]?.Items.Select(item => item.Text).ToArray();

    private static bool Boolean(ConfigurationNode node, string member, bool byDefault) =>
        node[member] is { } value ? value.Kind == JsonValueKind.True : byDefault;

    private static int? Number(ConfigurationNode node, string member) =>
        node[member] is { } value ? int.Parse(value.Text, CultureInfo.InvariantCulture) : null;

    private static Guid? Id(ConfigurationNode node, string member) => node[member] is { } value ? Guid.Parse(value.Text) : null;

    private static TimeSpan? Duration(ConfigurationNode node, string member) =>
        node[member] is { } value && DurationText.TryRead(value.Text, out var duration) ? duration : null;

    private static ImmutableDictionary<string, IReadOnlyList<string>> Roles(ConfigurationNode node) =>
        (node["roles"]?.Properties ?? []).ToImmutableDictionary(
            role => role.Name, IReadOnlyList<string> (role) => [.. role.Value.Items.Select(item => item.Text)], StringComparer.Ordinal);

    private static ImmutableDictionary<string, JsonNode?> Claims(ConfigurationNode node) =>
        (node["claims"]?.Properties ?? []).ToImmutableDictionary(claim => claim.Name, claim => claim.Value.ToJson(), StringComparer.Ordinal);

    private ApplicationDescription ReadApplication(ConfigurationNode node) => new()
    {
        Name = Name(node),
        Tenant = Text(node, "tenant"),
        ClientId = Id(node, "clientId"),
        ObjectId = Id(node, "objectId"),
        Secrets = Texts(node, "secrets") ?? [],
        Certificates = [.. (node["certificates"]?.Items ?? []).Select(readCertificate)],
        FederatedCredentials = Sections(node, "federatedCredentials", ReadFederatedCredential),
        Roles = Roles(node),
    };
}
