using System.Net;
using System.Net.Sockets;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Safety;

public sealed class RemoteAddressTests : IDisposable
{
    private const string Key = "a-key-of-24-characters-!";
    private const string Resource = "resource=https://vault.azure.net";

    private readonly TemporaryDirectory _keys = new();

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    public void Dispose() => _keys.Dispose();

    [Theory]
    [InlineData(false, null, "EmulatorOptions.AllowRemote")]
    [InlineData(false, Key, "EmulatorOptions.AllowRemote")]
    [InlineData(true, null, "Set EmulatorOptions.AdminKey to a secret of at least 16 characters")]
    public async Task a_wider_address_takes_a_switch_and_an_admin_key(bool allow, string? key, string advice)
    {
        var options = new EmulatorOptions { Address = IPAddress.Any, AllowRemote = allow, AdminKey = key };

        var exception = await Assert.ThrowsAsync<EmulatorException>(
            () => ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains("EmulatorOptions.Address is 0.0.0.0", exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fifteen-signs--")]
    [InlineData("a key with some spaces in it")]
    [InlineData("")]
    public async Task a_key_that_is_too_short_is_refused_and_not_repeated(string key)
    {
        var options = new EmulatorOptions { AdminKey = key };

        var exception = await Assert.ThrowsAsync<EmulatorException>(
            () => ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains("EmulatorOptions.AdminKey", exception.Message, StringComparison.Ordinal);
        Assert.True(key.Length == 0 || !exception.Message.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.1.1")]
    [InlineData("fe80::1")]
    public async Task link_local_addresses_are_refused_in_any_case(string address)
    {
        var options = new EmulatorOptions { Address = IPAddress.Parse(address), AllowRemote = true, AdminKey = Key };

        await Assert.ThrowsAsync<EmulatorException>(
            () => ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void options_never_print_the_key() =>
        Assert.DoesNotContain(Key, new EmulatorOptions { AdminKey = Key }.ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task every_name_of_this_machine_is_right_and_others_are_refused()
    {
        await using var emulator = await StartAsync(IPAddress.Any, "emulator", "outside:9999");
        var imds = emulator[SourceKind.Imds];
        var port = imds.Endpoint.Port;
        Assert.Equal($"http://emulator:{port}/metadata/identity/oauth2/token", imds.Endpoint.AbsoluteUri);
        Assert.Equal("emulator", emulator.Authority.Host);
        Assert.Equal($"http://emulator:{port}", imds.Variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"]);

        foreach (var name in new[] { $"127.0.0.1:{port}", $"localhost:{port}", $"emulator:{port}", "outside:9999" })
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(imds, name)).Status);
        foreach (var name in new[] { $"attacker.example:{port}", $"10.9.8.7:{port}", $"0.0.0.0:{port}", $"outside:{port}", "emulator" })
            Assert.Equal(HttpStatusCode.MisdirectedRequest, (await AskAsync(imds, name)).Status);
    }

    [Fact]
    public async Task both_kinds_of_addresses_reach_the_one_for_all_of_them()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var emulator = await StartAsync(IPAddress.IPv6Any, "emulator");

        Assert.Equal(
            HttpStatusCode.OK, (await AskAsync(emulator[SourceKind.Imds], $"127.0.0.1:{emulator[SourceKind.Imds].Endpoint.Port}")).Status);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task the_guards_of_the_endpoints_are_the_same_at_a_wider_address(SourceKind source)
    {
        await using var emulator = await StartAsync(IPAddress.Any, "emulator");
        var host = emulator[source];
        var secret = source is SourceKind.AppService or SourceKind.ServiceFabric or SourceKind.MachineLearning;

        // What a server that is talked into sending a request somewhere can do: no header, or a proxy's.
        var bare = await SendAsync(host, source);
        var forwarded = await SendAsync(host, source, HostCalls.Metadata, ("X-Forwarded-For", "192.0.2.1"));
        var wrong = await SendAsync(host, source, HostCalls.Metadata, ("X-IDENTITY-HEADER", "wrong"), ("secret", "wrong"));

        Assert.InRange((int)bare.Status, 400, 403);
        Assert.DoesNotContain("access_token", bare.Text, StringComparison.Ordinal);
        if (source is SourceKind.Imds or SourceKind.AzureArc)
            Assert.Equal(HttpStatusCode.BadRequest, forwarded.Status);
        Assert.DoesNotContain("access_token", source == SourceKind.CloudShell ? "" : forwarded.Text, StringComparison.Ordinal);
        if (secret)
            Assert.DoesNotContain("access_token", wrong.Text, StringComparison.Ordinal);
    }

    private static Task<Answer> SendAsync(EmulatedHost host, SourceKind source, params (string Name, string Value)[] headers)
    {
        var version = source switch
        {
            SourceKind.AppService => "2019-08-01",
            SourceKind.MachineLearning => "2017-09-01",
            SourceKind.ServiceFabric => "2019-07-01-preview",
            SourceKind.AzureArc => "2020-06-01",
            _ => "2018-02-01",
        };
        var local = new UriBuilder(host.Endpoint) { Host = "127.0.0.1", Query = $"api-version={version}&{Resource}" }.Uri;
        return source == SourceKind.CloudShell
            ? HostCalls.SendAsync(HttpMethod.Post, local, new FormUrlEncodedContent([new("resource", HostCalls.Vault)]), headers)
            : HostCalls.GetAsync(local, headers);
    }

    private static Task<Answer> AskAsync(EmulatedHost imds, string name) => HostCalls.GetAsync(
        new UriBuilder(imds.Endpoint) { Host = "127.0.0.1", Query = $"api-version=2018-02-01&{Resource}" }.Uri,
        HostCalls.Metadata,
        ("Host", name));

    private Task<ManagedIdentityEmulator> StartAsync(IPAddress address, params string[] names) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Address = address, AllowRemote = true, AdminKey = Key, AllowedHosts = names, ArcKeyDirectory = _keys.Path },
        TestContext.Current.CancellationToken);
}
