using System.Net;
using Keyless.Emulator.Configuration;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Configuration;

public sealed class ConfiguredFaultsTests
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private const string Busy = """
        {
          "hosts": [{ "name": "vm", "kind": "vm" }, { "name": "other", "kind": "vm" }],
          "faults": [{ "name": "busy", "match": { "host": "vm" }, "fault": { "kind": "status", "status": 429, "retryAfter": "2s" } }]
        }
        """;

    [Fact]
    public async Task a_rule_of_the_file_holds_from_the_start_on_the_host_that_it_names()
    {
        await using var emulator = await StartAsync(Busy);

        var refused = await emulator["vm"].GetAsync(Ask, HostCalls.Metadata);
        var answered = await emulator["other"].GetAsync(Ask, HostCalls.Metadata);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.Status, answered.Status));
        Assert.Equal("busy", Assert.Single(emulator["vm"].Journal.Entries).Fault);
    }

    [Fact]
    public async Task a_rule_that_is_taken_out_of_the_file_ends_and_one_that_was_added_by_hand_stays()
    {
        await using var emulator = await StartAsync(Busy);
        emulator.Faults.Add(new() { Name = "by-hand", Fault = Fault.Status(500), Match = new() { Host = "other" } });

        await emulator.ReloadAsync(
            ConfigurationFile.Read(Busy
                .Replace("busy", "idle", StringComparison.Ordinal).Replace("429", "503", StringComparison.Ordinal)).Options,
            TestContext.Current.CancellationToken);

        Assert.Equal(["by-hand", "idle"], emulator.Faults.Rules.Select(rule => rule.Name));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await emulator["vm"].GetAsync(Ask, HostCalls.Metadata)).Status);
    }

    [Theory]
    [InlineData("""{ "faults": {} }""", "1:13: faults is an object. Give a list.")]
    [InlineData("""{ "faults": [1] }""", "1:14: faults[0] is no fault rule: ")]
    [InlineData("""{ "faults": [{ "name": "a", "fault": { "kind": "nap" } }] }""", "1:14: faults[0] is no fault rule: ")]
    public void a_wrong_rule_is_named_with_its_place(string json, string problem)
    {
        var exception = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read(json));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void two_rules_of_one_name_are_refused()
    {
        const string Rule = """{ "name": "a", "fault": { "kind": "status", "status": 500 } }""";

        var exception = Assert.Throws<ConfigurationException>(() => ConfigurationFile.Read($$"""{ "faults": [{{Rule}}, {{Rule}}] }"""));

        Assert.Contains("faults has two rules of one name", exception.Message, StringComparison.Ordinal);
    }

    private static Task<ManagedIdentityEmulator> StartAsync(string json) =>
        ManagedIdentityEmulator.StartAsync(ConfigurationFile.Read(json).Options, TestContext.Current.CancellationToken);
}
