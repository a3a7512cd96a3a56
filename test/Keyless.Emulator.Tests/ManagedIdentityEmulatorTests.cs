using System.Net;
using System.Net.Sockets;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests;

public sealed class ManagedIdentityEmulatorTests(RunningEmulator running)
{
    [Fact]
    public void there_is_one_host_for_each_platform_in_their_order()
    {
        Assert.Equal(Enum.GetValues<SourceKind>(), running.Emulator.Hosts.Select(host => host.Source));
        var ports = running.Emulator.Hosts.Select(host => host.Endpoint.Port).Append(running.Emulator.Authority.Port);
        Assert.Equal(7, ports.Distinct().Count());
        Assert.All(running.Emulator.Hosts, host => Assert.True(host.Endpoint.IsLoopback));
    }

    [Fact]
    public async Task only_the_platforms_asked_for_are_emulated_and_a_missing_one_is_explained()
    {
        await using var emulator = await StartAsync(
            new EmulatorOptions { Sources = [SourceKind.MachineLearning, SourceKind.Imds, SourceKind.Imds] });

        Assert.Equal([SourceKind.Imds, SourceKind.MachineLearning], emulator.Hosts.Select(host => host.Source));
        var exception = Assert.Throws<KeyNotFoundException>(() => emulator[SourceKind.CloudShell]);
        Assert.Contains("CloudShell", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Imds, MachineLearning", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EmulatorOptions.Sources", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_port_in_use_is_named_with_the_option_that_changes_it()
    {
        using var occupier = new TcpListener(IPAddress.Loopback, 0);
        occupier.Start();
        var port = ((IPEndPoint)occupier.LocalEndpoint).Port;

        var host = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds], Ports = ImdsOn(port) }));
        var authority = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(new EmulatorOptions { AuthorityPort = port }));

        Assert.Contains($"127.0.0.1:{port} is in use", host.Message, StringComparison.Ordinal);
        Assert.Contains("EmulatorOptions.Ports[Imds]", host.Message, StringComparison.Ordinal);
        Assert.Contains("EmulatorOptions.AuthorityPort", authority.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task fixed_ports_are_used_and_free_again_after_disposing()
    {
        var (one, other) = FreePorts();
        var options = new EmulatorOptions
        {
            Sources = [SourceKind.Imds],
            Ports = ImdsOn(one),
            AuthorityPort = other,
        };

        for (var time = 0; time < 2; time++)
        {
            await using var emulator = await StartAsync(options);
            Assert.Equal(one, emulator[SourceKind.Imds].Endpoint.Port);
            Assert.Equal(other, emulator.Authority.Port);
            Assert.Equal(HttpStatusCode.BadRequest, (await emulator[SourceKind.Imds].GetAsync("")).Status);
        }
    }

    [Fact]
    public async Task a_start_that_fails_half_way_leaves_no_port_open()
    {
        using var occupier = new TcpListener(IPAddress.Loopback, 0);
        occupier.Start();
        var (free, authority) = FreePorts();
        var ports = new Dictionary<SourceKind, int>
        {
            [SourceKind.Imds] = free,
            [SourceKind.MachineLearning] = ((IPEndPoint)occupier.LocalEndpoint).Port,
        };

        await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(new EmulatorOptions { Ports = ports, AuthorityPort = authority }));

        foreach (var port in new[] { free, authority })
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
    }

    [Fact]
    public async Task disposing_closes_the_ports_and_deletes_the_key_files()
    {
        using var directory = new TemporaryDirectory();
        var emulator = await StartAsync(new EmulatorOptions { ArcKeyDirectory = directory.Path });
        await emulator[SourceKind.AzureArc].ChallengeAsync();
        Assert.Single(directory.Files);

        await emulator.DisposeAsync();
        await emulator.DisposeAsync();

        Assert.Empty(directory.Files);
        foreach (var host in emulator.Hosts)
            await Assert.ThrowsAsync<HttpRequestException>(() => host.GetAsync(""));
    }

    [Theory]
    [MemberData(nameof(UnusableOptions))]
    public async Task an_option_that_cannot_be_used_is_named(string option, EmulatorOptions options)
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(() => StartAsync(options));

        Assert.StartsWith($"EmulatorOptions.{option} ", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, EmulatorOptions> UnusableOptions => new()
    {
        { "Sources", new EmulatorOptions { Sources = [] } },
        { "Sources", new EmulatorOptions { Sources = [(SourceKind)99] } },
        { "Ports[Imds]", new EmulatorOptions { Ports = ImdsOn(65_536) } },
        { "Ports[Imds]", new EmulatorOptions { Ports = ImdsOn(-1) } },
        { "Ports[Imds]", new EmulatorOptions { Sources = [SourceKind.AppService], Ports = ImdsOn(5000) } },
        { "Ports", new EmulatorOptions { AuthorityPort = 5000, Ports = ImdsOn(5000) } },
        { "AuthorityPort", new EmulatorOptions { AuthorityPort = 70_000 } },
        { "TokenLifetime", new EmulatorOptions { TokenLifetime = TimeSpan.Zero } },
        { "TokenLifetime", new EmulatorOptions { TokenLifetime = TimeSpan.MaxValue } },
        { "ArcKeyDirectory", new EmulatorOptions { ArcKeyDirectory = "/tmp/a=b" } },
    };

    [Fact]
    public async Task twenty_emulators_side_by_side_know_nothing_of_each_other()
    {
        const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";
        using var directory = new TemporaryDirectory();
        var options = new EmulatorOptions { ArcKeyDirectory = directory.Path };
        var emulators = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(options)));

        // Two of them mint, since a key takes long to make; all of them answer.
        var challenges = await Task.WhenAll(emulators.Select(emulator => emulator[SourceKind.AzureArc].ChallengeAsync()));
        var answers = await Task.WhenAll(emulators.Take(2).Select(emulator => emulator[SourceKind.Imds].GetAsync(Ask, HostCalls.Metadata)));

        Assert.Equal(20, challenges.Select(ArcCalls.KeyFileOf).Distinct(StringComparer.Ordinal).Count());
        var keyIds = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var (emulator, answer) in emulators.Zip(answers))
        {
            var token = new DecodedToken(answer.Token);
            Assert.True(keyIds.Add(token.Header.GetProperty("kid").GetString()));
            Assert.Equal(emulator.Authority.AbsoluteUri, token.String("iss"));
            Assert.True(await token.IsSignedByItsIssuerAsync());
        }

        var key = await File.ReadAllTextAsync(ArcCalls.KeyFileOf(challenges[0]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await emulators[1][SourceKind.AzureArc].RedeemAsync(key)).Status);

        await Task.WhenAll(emulators.Select(emulator => emulator.DisposeAsync().AsTask()));
        Assert.Empty(directory.Files);
    }

    [Fact]
    public async Task the_web_frameworks_variables_change_nothing()
    {
        // Harmless to the tests beside this one, if what it shows is true.
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://127.0.0.1:1");
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Development");
        Environment.SetEnvironmentVariable("ASPNETCORE_KESTREL__LIMITS__MAXREQUESTBODYSIZE", "1");
        try
        {
            await using var emulator = await StartAsync(new EmulatorOptions { Sources = [SourceKind.CloudShell] });
            using var content = new StringContent("resource=https://vault.azure.net/");

            var answer = await HostCalls.SendAsync(HttpMethod.Post, emulator[SourceKind.CloudShell].Endpoint, content, HostCalls.Metadata);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
            Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", null);
            Environment.SetEnvironmentVariable("ASPNETCORE_KESTREL__LIMITS__MAXREQUESTBODYSIZE", null);
        }
    }

    [Fact]
    public void a_host_prints_its_address_and_no_secret()
    {
        var host = running[SourceKind.AppService];

        Assert.Equal($"web (AppService at {host.Endpoint})", host.ToString());
    }

    private static Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions options) =>
        ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken);

    private static Dictionary<SourceKind, int> ImdsOn(int port) => new() { [SourceKind.Imds] = port };

    private static (int One, int Other) FreePorts()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
    }
}
