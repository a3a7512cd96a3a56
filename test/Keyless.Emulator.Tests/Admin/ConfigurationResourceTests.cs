using Keyless.Emulator.Configuration;
using Keyless.Emulator.Tests.Configuration;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Admin;

public sealed class ConfigurationResourceTests
{
    private const string Secret = "0123456789ABCDEF0123456789ABCDEF";

    private const string File = $$"""
        {
          "tokenLifetime": "8h",
          "resources": [{ "identifiers": ["api://orders"], "tokenVersion": 2, "roles": ["Orders.Read"], "assignmentRequired": true }],
          "identities": [{ "name": "orders", "roles": { "api://orders": ["Orders.Read"] } }],
          "hosts": [{ "name": "web", "kind": "app-service", "secret": "{{Secret}}" }]
        }
        """;

    [Fact]
    public async Task every_value_comes_with_its_origin_and_no_secret()
    {
        var configuration = ConfigurationFile.Read(
            File, new Dictionary<string, string> { ["KEYLESS_EMULATOR_REUSE_TOKENS"] = "false" }, new ConfigurationFlag("tokenLifetime", "--lifetime", "2h"));
        await using var emulator = await AdminCalls.StartAsync(configuration.Options with { AdminKey = AdminCalls.Key });

        var answer = await emulator.AdminAsync("/config", ("Authorization", $"Bearer {AdminCalls.Key}"));

        Assert.Equal("keyless.json", answer.String("file"));
        Assert.True(answer.Member("access.adminKey").GetBoolean());
        Assert.Equal(("2h", "flag", "--lifetime"), Value(answer, "tokenLifetime"));
        Assert.Equal(("false", "environment", "KEYLESS_EMULATOR_REUSE_TOKENS"), Value(answer, "reuseTokens"));
        Assert.Equal(("app-service", "file", "keyless.json"), Value(answer, "hosts[0].kind"));
        Assert.Equal(("127.0.0.1", "default", null), Value(answer, "address"));
        Assert.Equal(configuration.Values.Count, answer.Member("values").GetArrayLength());
        Assert.DoesNotContain(Secret, answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(AdminCalls.Key, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_is_the_configuration_of_now()
    {
        await using var emulator = await AdminCalls.StartAsync(ConfigurationFile.Read(File).Options);
        var next = ConfigurationFile.Read(File.Replace("8h", "3h", StringComparison.Ordinal)).Options;

        await emulator.ReloadAsync(next with { AdminPort = 0 }, TestContext.Current.CancellationToken);

        Assert.Equal("3h", Value(await emulator.AdminAsync("/config"), "tokenLifetime").Value);
    }

    [Fact]
    public async Task a_programs_options_come_from_no_file()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var answer = await emulator.AdminAsync("/config");

        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.Member("file").ValueKind);
        Assert.Equal(0, answer.Member("values").GetArrayLength());
        Assert.Equal("127.0.0.1", answer.String("access.address"));
    }

    [Fact]
    public async Task registered_apis_are_listed_and_so_are_the_roles_of_identities()
    {
        await using var emulator = await AdminCalls.StartAsync(ConfigurationFile.Read(File).Options);

        var resources = await emulator.AdminAsync("/resources");
        var resource = Assert.Single(resources.Member("resources").EnumerateArray());
        var orders = (await emulator.AdminAsync("/identities")).Member("identities").EnumerateArray()
            .Single(identity => identity.GetProperty("name").GetString() == "orders");

        Assert.False(resources.Member("strict").GetBoolean());
        Assert.Equal("api://orders", resource.GetProperty("identifiers")[0].GetString());
        Assert.Equal((2, true), (resource.GetProperty("tokenVersion").GetInt32(), resource.GetProperty("assignmentRequired").GetBoolean()));
        Assert.Equal("Orders.Read", resource.GetProperty("roles")[0].GetString());
        Assert.Equal("Orders.Read", orders.GetProperty("roles").GetProperty("api://orders")[0].GetString());
    }

    [Fact]
    public async Task a_host_says_which_variables_would_lead_its_processes_elsewhere()
    {
        await using var emulator = await AdminCalls.StartAsync();

        var host = (await emulator.AdminAsync("/hosts/web")).Member("host");

        Assert.Equal(
            ["IDENTITY_SERVER_THUMBPRINT", "IMDS_ENDPOINT", "DEFAULT_IDENTITY_CLIENT_ID", "AZURE_POD_IDENTITY_AUTHORITY_HOST"],
            host.GetProperty("unset").EnumerateArray().Select(name => name.GetString()).Except(["MSI_ENDPOINT", "MSI_SECRET"]));
    }

    private static (string? Value, string? Layer, string? Origin) Value(Answer answer, string path)
    {
        var value = answer.Member("values").EnumerateArray().Single(value => value.GetProperty("path").GetString() == path);
        return (value.GetProperty("value").GetString(), value.GetProperty("layer").GetString(), value.GetProperty("origin").GetString());
    }
}
