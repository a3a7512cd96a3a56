using System.Net;

namespace Keyless.Emulator.Passthrough.Tests;

public sealed class PassthroughOptionsTests
{
    private static readonly PassthroughOptions Good = new() { Command = PassthroughCommand.Az, Resources = ["https://vault.azure.net"] };

    public static TheoryData<string, PassthroughOptions> Refused => new()
    {
        { "Passthrough.Resources is empty", Good with { Resources = [] } },
        { "Passthrough.Resources holds '*'", Good with { Resources = ["*"] } },
        { "Passthrough.Resources holds ''", Good with { Resources = [""] } },
        { "Passthrough.Resources holds '--query'", Good with { Resources = ["--query"] } },
        { "Passthrough.Resources holds 'https://a\" & calc'", Good with { Resources = ["https://a\" & calc"] } },
        { "Passthrough.Resources holds 'https://%PATH%'", Good with { Resources = ["https://%PATH%"] } },
        { "Passthrough.Tenant is no tenant", Good with { Tenant = "--debug" } },
        { "Passthrough.Tenant is no tenant", Good with { Tenant = "a b" } },
        { "Passthrough.Path is az", Good with { Path = "az" } },
        { "Passthrough.Timeout is 00:00:00", Good with { Timeout = TimeSpan.Zero } },
        { "Passthrough.Command is 7", Good with { Command = (PassthroughCommand)7 } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task what_cannot_be_meant_is_refused(string message, PassthroughOptions options)
    {
        var exception = await StartAsync(new EmulatorOptions { Passthrough = options });

        Assert.StartsWith($"EmulatorOptions.{message}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task real_tokens_are_for_this_machine_alone()
    {
        const string Key = "a-key-of-24-characters-!";
        var everywhere = new EmulatorOptions { Passthrough = Good, Address = IPAddress.Any, AllowRemote = true, AdminKey = Key };
        var open = new EmulatorOptions { Passthrough = Good, AllowRemote = true, AdminKey = Key };

        Assert.Contains("loopback address", (await StartAsync(everywhere)).Message, StringComparison.Ordinal);
        Assert.Contains("loopback address", (await StartAsync(open)).Message, StringComparison.Ordinal);
    }

    private static Task<EmulatorException> StartAsync(EmulatorOptions options) => Assert.ThrowsAsync<EmulatorException>(
        () => ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken));
}
