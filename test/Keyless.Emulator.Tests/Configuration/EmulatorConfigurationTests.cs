using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Keyless.Emulator.Configuration;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Configuration;

public sealed class EmulatorConfigurationTests
{
    [Fact]
    public void an_empty_file_is_the_defaults()
    {
        var options = ConfigurationFile.Read("{}").Options;
        var defaults = new EmulatorOptions();

        Assert.Equal(defaults.Address, options.Address);
        Assert.Equal(defaults.TokenLifetime, options.TokenLifetime);
        Assert.Equal(["orders", "billing"], options.Identities.Select(identity => identity.Name));
        Assert.Empty(options.Hosts);
        Assert.True(options.ReuseTokens);
    }

    [Fact]
    public void comments_trailing_commas_and_a_byte_order_mark_are_taken() =>
        Assert.Equal(5000, ConfigurationFile.Read("\uFEFF// port\n{ /* here */ \"authorityPort\": 5000, }").Options.AuthorityPort);

    [Fact]
    public void everything_that_can_be_described_can_be_read()
    {
        using var directory = new TemporaryDirectory();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=backend", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(Path.Combine(directory.Path, "app.pem"), certificate.ExportCertificatePem());
        var file = Path.Combine(directory.Path, "keyless.json");
        File.WriteAllText(file, """
            {
              "$schema": "docs/keyless.schema.json",
              "address": "::1", "authorityPort": 5001, "arcKeyDirectory": "/tmp/keys", "issuer": "entra", "tokenLifetime": "1.5d",
              "tokenTimes": "real", "reuseTokens": false, "strictResources": true,
              "apiAudience": "api://x", "keyDirectory": "/tmp/signing", "journalCapacity": 7, "journalSecrets": true, "seed": 42,
              "claims": { "xms_x": [1, true, null, { "a": "b" }], "idp": null },
              "tenants": [{ "name": "one", "id": "11111111-1111-1111-1111-111111111111", "claims": { "t": 1.5 } }, { "name": "two" }],
              "identities": [{
                "name": "orders", "tenant": "two", "clientId": "22222222-2222-2222-2222-222222222222",
                "objectId": "33333333-3333-3333-3333-333333333333", "resourceId": "/subscriptions/x/orders", "enabled": false,
                "roles": { "api://a": ["R", "W"] }, "claims": { "c": "d" }
              }],
              "hosts": [{
                "name": "web", "kind": "container-app", "systemAssigned": false, "userAssigned": ["orders"], "tenant": "two",
                "port": 5002, "secret": "0123456789abcdef", "roles": { "api://a": [] }, "propagationDelay": "90s"
              }],
              "resources": [{
                "identifiers": ["api://a"], "appId": "44444444-4444-4444-4444-444444444444", "tokenVersion": 2, "roles": ["R"],
                "assignmentRequired": true
              }],
              "applications": [{
                "name": "backend", "tenant": "two", "clientId": "55555555-5555-5555-5555-555555555555",
                "objectId": "66666666-6666-6666-6666-666666666666", "secrets": ["s3cret"], "certificates": ["app.pem"],
                "federatedCredentials": [
                  { "name": "f", "issuer": "https://issuer.example", "subject": "s", "audience": "a" }, { "name": "g", "identity": "orders" }
                ],
                "roles": { "api://a": ["R"] }
              }]
            }
            """);

        var options = EmulatorConfiguration.ReadFile(file).Options;

        Assert.Equal(IPAddress.IPv6Loopback, options.Address);
        Assert.Equal((5001, "/tmp/keys", IssuerProfile.Entra), (options.AuthorityPort, options.ArcKeyDirectory, options.Issuer));
        Assert.Equal((TimeSpan.FromHours(36), false, true), (options.TokenLifetime, options.ReuseTokens, options.StrictResources));
        Assert.Equal(TokenTimes.Real, options.TokenTimes);
        Assert.Equal(("api://x", "/tmp/signing", 7, true, 42), (
            options.ApiAudience, options.KeyDirectory, options.JournalCapacity, options.JournalSecrets, options.Seed));
        Assert.Equal("""[1,true,null,{"a":"b"}]""", options.Claims["xms_x"]!.ToJsonString());
        Assert.Null(options.Claims["idp"]);
        Assert.Equal(["one", "two"], options.Tenants.Select(tenant => tenant.Name));
        Assert.Equal((Guid.Parse(new string('1', 8) + "-1111-1111-1111-111111111111"), "1.5"), (options.Tenants[0].Id, Json(options.Tenants[0].Claims["t"])));

        var identity = Assert.Single(options.Identities);
        Assert.Equal(("orders", "two", '2', '3'), (identity.Name, identity.Tenant, $"{identity.ClientId}"[0], $"{identity.ObjectId}"[0]));
        Assert.Equal(("/subscriptions/x/orders", false), (identity.ResourceId, identity.Enabled));
        Assert.Equal(["R", "W"], identity.Roles["api://a"]);
        Assert.Equal("\"d\"", Json(identity.Claims["c"]));

        var host = Assert.Single(options.Hosts);
        Assert.Equal(("web", HostKind.ContainerApp, false, "two"), (host.Name, host.Kind, host.SystemAssigned, host.Tenant));
        Assert.Equal(["orders"], host.UserAssigned!);
        Assert.Equal((5002, "0123456789abcdef", TimeSpan.FromSeconds(90)), (host.Port, host.Secret, host.PropagationDelay));
        Assert.Empty(host.Roles["api://a"]);

        var resource = Assert.Single(options.Resources);
        Assert.Equal((2, true, '4'), (resource.TokenVersion, resource.AssignmentRequired, $"{resource.AppId}"[0]));
        Assert.Equal("api://a", Assert.Single(resource.Identifiers));
        Assert.Equal("R", Assert.Single(resource.Roles!));

        var application = Assert.Single(options.Applications);
        Assert.Equal(("backend", "two", '5', '6'), (application.Name, application.Tenant, $"{application.ClientId}"[0], $"{application.ObjectId}"[0]));
        Assert.Equal("s3cret", Assert.Single(application.Secrets));
        Assert.Equal(certificate.ExportCertificatePem(), Assert.Single(application.Certificates));
        Assert.Equal(["R"], application.Roles["api://a"]);
        Assert.Equal(
            [
                new FederatedCredentialDescription { Name = "f", Issuer = "https://issuer.example", Subject = "s", Audience = "a" },
                new FederatedCredentialDescription { Name = "g", Identity = "orders" },
            ],
            application.FederatedCredentials);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("90s", 90)]
    [InlineData("90m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("1d", 86400)]
    public void durations_have_a_unit(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ConfigurationFile.Read(
            $$"""{ "hosts": [{ "name": "a", "kind": "vm", "propagationDelay": "{{text}}" }] }""").Options.Hosts[0].PropagationDelay);

    [Fact]
    public void a_flag_wins_over_a_variable_and_that_over_the_file_and_that_over_the_default()
    {
        const string Text = """{ "tokenLifetime": "1h", "authorityPort": 5001, "strictResources": false }""";
        var variables = new Dictionary<string, string>
        {
            ["KEYLESS_EMULATOR_TOKEN_LIFETIME"] = "2h",
            ["KEYLESS_EMULATOR_AUTHORITY_PORT"] = "5002",
            ["KEYLESS_EMULATOR_ISSUER"] = "entra",
        };

        var configuration = ConfigurationFile.Read(Text, variables, new ConfigurationFlag("tokenLifetime", "--lifetime", "3h"));

        Assert.Equal(TimeSpan.FromHours(3), configuration.Options.TokenLifetime);
        Assert.Equal(5002, configuration.Options.AuthorityPort);
        Assert.Equal(IssuerProfile.Entra, configuration.Options.Issuer);
        Assert.Equal(
            [
                "address = 127.0.0.1 (default)",
                "authorityPort = 5002 (KEYLESS_EMULATOR_AUTHORITY_PORT)",
                "issuer = entra (KEYLESS_EMULATOR_ISSUER)",
                "strictResources = false (keyless.json:1:68)",
                "tokenLifetime = 3h (--lifetime)",
            ],
            configuration.Values.Where(value => value.Path is "address" or "authorityPort" or "issuer" or "strictResources" or "tokenLifetime")
                .Select(value => $"{value.Path} = {value.Value} ({value.Origin})").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}", false, TokenTimes.Real, "real (default)")]
    [InlineData("{}", true, TokenTimes.Clock, "clock (KEYLESS_EMULATOR_TOKEN_TIMES)")]
    [InlineData("""{ "tokenTimes": "clock" }""", false, TokenTimes.Clock, "clock (keyless.json:1:17)")]
    public void other_defaults_hold_where_nobody_has_set_a_value(string text, bool variable, TokenTimes expected, string shown)
    {
        var layers = new ConfigurationLayers
        {
            File = "keyless.json",
            Defaults = new Dictionary<string, string> { ["tokenTimes"] = "real" },
            Environment = MachineEnvironment.FromVariables(variable ? [KeyValuePair.Create("KEYLESS_EMULATOR_TOKEN_TIMES", "clock")] : []),
        };

        var configuration = EmulatorConfiguration.Read(System.Text.Encoding.UTF8.GetBytes(text), layers);

        Assert.Equal(expected, configuration.Options.TokenTimes);
        var value = configuration.Values.Single(value => value.Path == "tokenTimes");
        Assert.Equal(shown, $"{value.Value} ({value.Origin})");
    }

    [Fact]
    public void every_variable_sets_its_member()
    {
        var variables = new Dictionary<string, string>
        {
            ["KEYLESS_EMULATOR_ADDRESS"] = "127.0.0.2",
            ["KEYLESS_EMULATOR_AUTHORITY_PORT"] = "5002",
            ["KEYLESS_EMULATOR_ARC_KEY_DIRECTORY"] = "/tmp/k",
            ["KEYLESS_EMULATOR_ISSUER"] = "entra",
            ["KEYLESS_EMULATOR_TOKEN_LIFETIME"] = "2h",
            ["KEYLESS_EMULATOR_TOKEN_TIMES"] = "real",
            ["KEYLESS_EMULATOR_REUSE_TOKENS"] = "0",
            ["KEYLESS_EMULATOR_STRICT_RESOURCES"] = "true",
        };
        Assert.Equal(variables.Keys, EmulatorVariables.Members.Select(member => member.Key));

        var options = EmulatorConfiguration.Read(
            new ConfigurationLayers { Environment = MachineEnvironment.FromVariables(variables) }).Options;

        Assert.Equal(("127.0.0.2", 5002, "/tmp/k"), (options.Address.ToString(), options.AuthorityPort, options.ArcKeyDirectory));
        Assert.Equal((IssuerProfile.Entra, TimeSpan.FromHours(2)), (options.Issuer, options.TokenLifetime));
        Assert.Equal((TokenTimes.Real, false, true), (options.TokenTimes, options.ReuseTokens, options.StrictResources));
    }

    [Fact]
    public void secrets_are_not_among_the_values()
    {
        const string Text = """
            { "hosts": [{ "name": "web", "kind": "app-service", "secret": "0123456789abcdef" }],
              "applications": [{ "name": "a", "secrets": ["fedcba9876543210"] }] }
            """;

        var values = ConfigurationFile.Read(Text).Values;

        Assert.Equal("(set, not shown)", values.Single(value => value.Path == "hosts[0].secret").Value);
        Assert.Equal("(set, not shown)", values.Single(value => value.Path == "applications[0].secrets").Value);
        Assert.DoesNotContain(values, value => value.ToString().Contains("0123456789abcdef", StringComparison.Ordinal));
    }

    [Fact]
    public void the_defaults_of_each_host_are_among_the_values()
    {
        var values = ConfigurationFile.Read("""{ "hosts": [{ "name": "web", "kind": "vm" }] }""").Values;

        Assert.Equal(
            ["name=web", "kind=vm", "systemAssigned=true", "userAssigned=(all of its tenant)", "tenant=(the first)", "port=0",
                "secret=(a random one)", "propagationDelay=0s"],
            values.Where(value => value.Path.StartsWith("hosts[0].", StringComparison.Ordinal)).Select(value => $"{value.Path[9..]}={value.Value}"));
        Assert.Equal(new ConfigurationOrigin(ConfigurationLayer.File, "keyless.json", 1, 23), values.First(value => value.Path == "hosts[0].name").Origin);
    }

    [Fact]
    public void the_sample_can_be_used_as_it_is() =>
        Assert.Equal(["worker", "web", "jobs"], ConfigurationFile.Read(EmulatorConfiguration.Sample).Options.Hosts.Select(host => host.Name));

    private static string? Json(JsonNode? node) => node?.ToJsonString();
}
