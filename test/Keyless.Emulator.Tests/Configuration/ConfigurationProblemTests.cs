using System.Text;
using Keyless.Emulator.Configuration;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Configuration;

public sealed class ConfigurationProblemTests
{
    private const string Names = "Give 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.";

    [Theory]
    [InlineData("[]", "1:1: is a list, not an object. Its members are $schema, address, ")]
    [InlineData("""{ "adress": "::1" }""", "1:3: adress is not known. Did you mean 'address'?")]
    [InlineData("""{ "zzz": 1 }""", "1:3: zzz is not known. What may stand here: $schema, address, authorityPort, ")]
    [InlineData("""{ "passthrough": { "command": "az" } }""", "1:3: passthrough is not for a file, which may come with somebody's repository, to say: real tokens are those of your own login. They take the package Keyless.Emulator.Passthrough: ")]
    [InlineData("""{ "address": 1 }""", "1:14: address is a number. Give a text.")]
    [InlineData("""{ "address": "here" }""", "1:14: address is \"here\". Give an IP address, such as \"127.0.0.1\".")]
    [InlineData("""{ "address": "192.0.2.1" }""", "1:14: address is 192.0.2.1. Whoever reaches the emulator gets tokens, so give a loopback")]
    [InlineData("""{ "authorityPort": 70000 }""", "1:20: authorityPort is the number 70000. Give a port from 1 to 65535, or 0 for a free one.")]
    [InlineData("""{ "authorityPort": "5000" }""", "1:20: authorityPort is \"5000\". Give a port from 1 to 65535, or 0 for a free one.")]
    [InlineData("""{ "issuer": "Entra" }""", "1:13: issuer is \"Entra\". Give one of local, entra. Did you mean 'entra'?")]
    [InlineData("""{ "tokenLifetime": "1 day" }""", "1:20: tokenLifetime is \"1 day\". Give a number and a unit (ms, s, m, h or d)")]
    [InlineData("""{ "tokenLifetime": "0s" }""", "1:20: tokenLifetime is 00:00:00. Give a time between one second and ten years.")]
    [InlineData("""{ "reuseTokens": "yes" }""", "1:18: reuseTokens is \"yes\". Give true or false.")]
    [InlineData("""{ "claims": [] }""", "1:13: claims is a list. Give an object.")]
    [InlineData("""{ "tenants": {} }""", "1:14: tenants is an object. Give a list.")]
    [InlineData("""{ "tenants": [{}] }""", "1:15: tenants[0].name is missing. " + Names)]
    [InlineData("""{ "tenants": [{ "name": "a b" }] }""", "1:25: tenants[0].name is \"a b\". " + Names)]
    [InlineData("""{ "tenants": [{ "name": "a", "id": "x" }] }""", "1:36: tenants[0].id is \"x\". Give a GUID.")]
    [InlineData("""{ "tenants": [{ "name": "a" }, { "name": "A" }] }""", "1:32: tenants[1] has a name that another one has.")]
    [InlineData("""{ "identities": [{ "name": "a", "tenant": "x" }] }""", "1:43: identities[0].tenant names the tenant 'x', which is not there. Tenants: default.")]
    [InlineData("""{ "identities": [{ "name": "a", "roles": { "api://a": "R" } }] }""", "1:55: identities[0].roles[\"api://a\"] is a text. Give a list.")]
    [InlineData("""{ "hosts": [{ "name": "a" }] }""", "1:13: hosts[0].kind is missing. Give one of vm, vmss, app-service, functions, container-app, ")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "vms" }] }""", "1:36: hosts[0].kind is \"vms\". Give one of vm, vmss, ")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "vm", "secret": "short" }] }""", "1:52: hosts[0].secret is a text. Give 16 to 128 letters and digits.")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "vm", "userAssigned": [1] }] }""", "1:59: hosts[0].userAssigned[0] is a number. Give a text.")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "vm", "userAssigned": ["x"] }] }""", "1:58: hosts[0].userAssigned names the identity 'x', which is not in the host's tenant. Identities there: orders, billing.")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "cloud-shell", "userAssigned": ["orders"] }] }""", "1:67: hosts[0].userAssigned names identities, but the tokens of Cloud Shell are its user's.")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "vm", "propagationDelay": "40d" }] }""", "1:62: hosts[0].propagationDelay is 40.00:00:00. Give a time of up to 30 days.")]
    [InlineData("""{ "hosts": [{ "name": "a", "kind": "vm", "port": 5 }, { "name": "b", "kind": "vm", "port": 5 }] }""", "1:12: hosts and AuthorityPort name a port more than once.")]
    [InlineData("""{ "resources": [{ "identifiers": [] }] }""", "1:16: resources holds an API without an identifier.")]
    [InlineData("""{ "resources": [{ "identifiers": ["api://a"], "tokenVersion": 3 }] }""", "1:63: resources[0].tokenVersion is the number 3. Give 1 or 2.")]
    [InlineData("""{ "applications": [{ "name": "a", "certificates": ["no-such-file"] }] }""", "1:52: certificates names a file that cannot be read: ")]
    [InlineData("""{ "applications": [{ "name": "a", "federatedCredentials": [{ "name": "f", "subjct": "s" }] }] }""", "1:75: applications[0].federatedCredentials[0].subjct is not known. Did you mean 'subject'?")]
    [InlineData("""{ "address": "::1", "address": "::1" }""", "1:21: address is there twice; the first one is in line 1. Take one out.")]
    [InlineData("{ \"address\"\n  5 }", "2:3: This is no JSON. ")]
    [InlineData("{", "1:2: This is no JSON. ")]
    [InlineData("", "1:1: This is no JSON. ")]
    [InlineData("{} {}", "1:4: This is no JSON. ")]
    [InlineData("""{ "address": "\ud800" }""", "1:14: This text holds bytes or escapes that stand for no character.")]
    public void what_is_wrong_is_said_with_its_place(string text, string problem) =>
        Assert.StartsWith($"keyless.json:{problem}", Assert.Single(ConfigurationFile.ProblemsOf(text)), StringComparison.Ordinal);

    [Fact]
    public void all_problems_are_named_at_once_in_the_order_of_the_file()
    {
        const string Text = """
            {
              // Lines count from one, columns in characters: äöü.
              "tokenLifetime": 5, "ä": 1, "reuseToken": true,
              "hosts": [
                { "name": "a", "kind": "vm" },
                { "name": "b", "kind": "container-apps", "kind": "vm", "port": -1 }
              ]
            }
            """;

        Assert.Equal(
            [
                "keyless.json:3:20: tokenLifetime is a number. Give a text.",
                "keyless.json:3:23: ä is not known. What may stand here: $schema, address, authorityPort, arcKeyDirectory, issuer, "
                    + "tokenLifetime, tokenTimes, reuseTokens, strictResources, apiAudience, keyDirectory, journalCapacity, journalSecrets, seed, rateLimit, allowFaultHeader, faults, claims, tenants, identities, hosts, resources, applications.",
                "keyless.json:3:31: reuseToken is not known. Did you mean 'reuseTokens'?",
                "keyless.json:6:28: hosts[1].kind is \"container-apps\". Give one of vm, vmss, app-service, functions, container-app, "
                    + "azure-arc, cloud-shell, service-fabric, machine-learning. Did you mean 'container-app'?",
                "keyless.json:6:46: hosts[1].kind is there twice; the first one is in line 6. Take one out.",
                "keyless.json:6:68: hosts[1].port is the number -1. Give a port from 1 to 65535, or 0 for a free one.",
            ],
            ConfigurationFile.ProblemsOf(Text));
    }

    [Fact]
    public void bytes_that_are_no_text_are_refused()
    {
        byte[] text = [.. "{ \"address\": \""u8, 0xFF, .. "\" }"u8];

        var exception = Assert.Throws<ConfigurationException>(() => EmulatorConfiguration.Read(text, new ConfigurationLayers { File = "f" }));

        Assert.StartsWith("f:1:1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void nesting_without_end_is_refused() =>
        Assert.Contains("This is no JSON", Assert.Single(ConfigurationFile.ProblemsOf(new string('[', 100_000))), StringComparison.Ordinal);

    [Theory]
    [InlineData("KEYLESS_EMULATOR_TOKEN_LIFETIME", "soon", "tokenLifetime is \"soon\". Give a number and a unit")]
    [InlineData("KEYLESS_EMULATOR_TOKEN_LIFETIME", "1ms", "tokenLifetime is 00:00:00.0010000. Give a time between")]
    [InlineData("KEYLESS_EMULATOR_AUTHORITY_PORT", "x", "authorityPort is \"x\". Give a port")]
    [InlineData("KEYLESS_EMULATOR_AUTHORITY_PORT", "70000", "authorityPort is the number 70000. Give a port")]
    [InlineData("KEYLESS_EMULATOR_STRICT_RESOURCES", "yes", "strictResources is \"yes\". Give true or false.")]
    [InlineData("KEYLESS_EMULATOR_ADDRESS", "0.0.0.0", "address is 0.0.0.0. Whoever reaches")]
    public void a_variable_that_cannot_be_used_is_named(string variable, string value, string problem)
    {
        var exception = Assert.Throws<ConfigurationException>(
            () => ConfigurationFile.Read("{}", new Dictionary<string, string> { [variable] = value }));

        Assert.StartsWith($"{variable}: {problem}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ConfigurationLayer.Environment, Assert.Single(exception.Problems).Origin.Layer);
    }

    [Fact]
    public void a_flag_that_cannot_be_used_is_named() =>
        Assert.StartsWith(
            "--lifetime: tokenLifetime is \"x\". ",
            Assert.Throws<ConfigurationException>(
                () => ConfigurationFile.Read("{}", new ConfigurationFlag("tokenLifetime", "--lifetime", "x"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void a_wrong_file_is_refused_even_where_a_flag_overrides_it() =>
        Assert.Throws<ConfigurationException>(
            () => ConfigurationFile.Read("""{ "tokenLifetime": 1 }""", new ConfigurationFlag("tokenLifetime", "--lifetime", "1h")));

    [Fact]
    public void a_file_that_is_not_there_or_too_large_or_a_directory_is_named()
    {
        using var directory = new TemporaryDirectory();
        var large = Path.Combine(directory.Path, "large.json");
        File.WriteAllText(large, new string(' ', (1024 * 1024) + 1));
        var missing = Path.Combine(directory.Path, "none.json");

        Assert.Equal($"{missing}: There is no such file.", Message(missing));
        Assert.StartsWith($"{large}: The file has 1048577 bytes.", Message(large), StringComparison.Ordinal);
        Assert.StartsWith($"{directory.Path}: The file cannot be read: ", Message(directory.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void no_secret_gets_into_a_message()
    {
        const string Secret = "not-a-good-secret";
        const string Text = $$"""
            { "hosts": [{ "name": "a", "kind": "vm", "secret": "{{Secret}}" }, { "name": "b", "kind": "vm", "secret": 1234567 }],
              "applications": [{ "name": "a", "secrets": "{{Secret}}" }, { "name": "b", "secrets": [7654321] }] }
            """;

        var problems = string.Concat(ConfigurationFile.ProblemsOf(Text));

        Assert.DoesNotContain(Secret, problems, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567", problems, StringComparison.Ordinal);
        Assert.DoesNotContain("7654321", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void text_of_random_damage_never_ends_in_another_exception()
    {
        var sample = Encoding.UTF8.GetBytes(EmulatorConfiguration.Sample);
        var random = new Random(20261121);
        for (var time = 0; time < 2000; time++)
        {
            var text = sample.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                text[random.Next(text.Length)] = (byte)random.Next(256);

            try
            {
                EmulatorConfiguration.Read(text, new ConfigurationLayers { File = "f" });
            }
            catch (ConfigurationException exception)
            {
                Assert.NotEmpty(exception.Problems);
            }
        }
    }

    private static string Message(string file) =>
        Assert.Throws<ConfigurationException>(() => EmulatorConfiguration.ReadFile(file)).Message;
}
