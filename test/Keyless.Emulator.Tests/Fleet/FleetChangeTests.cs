using System.Net;
using System.Net.Sockets;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Fleet;

public sealed class FleetChangeTests
{
    private static readonly EmulatorOptions Small = new() { Hosts = [FleetCalls.Vm("vm", "orders")] };

    [Fact]
    public async Task a_host_can_be_added_and_taken_out()
    {
        await using var emulator = await FleetCalls.StartAsync(Small);

        var added = await emulator.AddHostAsync(new() { Name = "web", Kind = HostKind.AppService }, TestContext.Current.CancellationToken);
        var own = emulator.Identity("web");
        var token = await added.TokenAsync();
        await emulator.RemoveHostAsync("web", TestContext.Current.CancellationToken);

        Assert.Equal(own.ObjectId.ToString(), token.String("oid"));
        Assert.Equal(["vm"], emulator.Hosts.Select(host => host.Name));
        Assert.DoesNotContain(emulator.Identities, identity => identity.Name == "web");
        await Assert.ThrowsAsync<HttpRequestException>(() => added.AskAsync());
        Assert.Equal(HttpStatusCode.OK, (await emulator["vm"].AskAsync()).Status);
    }

    [Fact]
    public async Task a_host_is_added_beside_those_that_there_are_without_any_described()
    {
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] });
        var before = emulator["vm"];

        await emulator.AddHostAsync(FleetCalls.Vm("second", "billing"), TestContext.Current.CancellationToken);

        Assert.Equal(["vm", "second"], emulator.Hosts.Select(host => host.Name));
        Assert.Same(before, emulator["vm"]);
        Assert.Equal(HttpStatusCode.OK, (await before.AskAsync()).Status);
    }

    [Theory]
    [InlineData("vm", "Hosts[vm] has a name that another one has")]
    [InlineData("a b", "Hosts holds the name 'a b'")]
    public async Task a_host_that_cannot_be_added_changes_nothing(string name, string message)
    {
        await using var emulator = await FleetCalls.StartAsync(Small);

        var exception = await Assert.ThrowsAsync<EmulatorException>(
            () => emulator.AddHostAsync(FleetCalls.Vm(name), TestContext.Current.CancellationToken));

        Assert.StartsWith($"EmulatorOptions.{message}", exception.Message, StringComparison.Ordinal);
        Assert.Single(emulator.Hosts);
    }

    [Fact]
    public async Task the_last_host_and_one_that_is_not_there_cannot_be_taken_out()
    {
        await using var emulator = await FleetCalls.StartAsync(Small);

        var last = await Assert.ThrowsAsync<EmulatorException>(() => emulator.RemoveHostAsync("vm", TestContext.Current.CancellationToken));
        var none = await Assert.ThrowsAsync<EmulatorException>(() => emulator.RemoveHostAsync("x", TestContext.Current.CancellationToken));

        Assert.StartsWith("'vm' is the last host", last.Message, StringComparison.Ordinal);
        Assert.Equal("There is no host 'x', only vm.", none.Message);
    }

    [Fact]
    public async Task an_added_identity_is_assigned_where_all_are_and_a_deleted_one_is_found_nowhere()
    {
        await using var emulator = await FleetCalls.StartAsync(
            new EmulatorOptions { Hosts = [FleetCalls.Vm("vm", "orders"), new() { Name = "all", Kind = HostKind.VirtualMachine }] });

        var added = emulator.AddIdentity(new() { Name = "shipping", Roles = new Dictionary<string, IReadOnlyList<string>> { ["api://a"] = ["R"] } });
        emulator["vm"].Assign("shipping");
        var token = await emulator["all"].TokenAsync(added, "api://a");
        var before = await emulator["vm"].AskAsync(added);
        emulator.RemoveIdentity("shipping");

        Assert.Equal("R", token.Claims.GetProperty("roles")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, before.Status);
        foreach (var host in emulator.Hosts)
            Assert.Contains("Identity not found", (await host.AskAsync(added)).Text, StringComparison.Ordinal);
        Assert.Throws<EmulatorException>(() => emulator.RemoveIdentity("shipping"));
    }

    [Fact]
    public async Task a_deleted_identity_that_a_host_names_is_gone_from_it()
    {
        await using var emulator = await FleetCalls.StartAsync(Small);

        emulator.RemoveIdentity("orders");

        Assert.Contains("no identity is assigned", (await emulator["vm"].AskAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_identities_with_one_name_the_tenant_decides()
    {
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            Tenants = [new() { Name = "one" }, new() { Name = "two" }],
            Identities = [new() { Name = "a" }, new() { Name = "a", Tenant = "two" }],
        });

        var exception = Assert.Throws<EmulatorException>(() => emulator.RemoveIdentity("a"));
        emulator.RemoveIdentity("a", "one");

        Assert.Equal("Several tenants have an identity 'a': one, two. Name the tenant.", exception.Message);
        Assert.Equal(emulator.Tenants[1].Id, emulator.Identity("a").TenantId);
    }

    [Theory]
    [InlineData(HostKind.VirtualMachine, "vm")]
    [InlineData(HostKind.AppService, "orders")]
    [InlineData(HostKind.AzureArc, "orders")]
    [InlineData(HostKind.ServiceFabric, "orders")]
    [InlineData(HostKind.MachineLearning, "vm")]
    public async Task a_disabled_identity_is_still_there_but_gets_no_tokens_until_it_is_enabled(HostKind kind, string name)
    {
        using var directory = new TemporaryDirectory();
        await using var emulator = await FleetCalls.StartAsync(
            new EmulatorOptions { ArcKeyDirectory = directory.Path, Hosts = [new() { Name = "vm", Kind = kind, UserAssigned = ["orders"] }] });
        var identity = emulator.Identity(name);

        var before = await emulator["vm"].AskAsync(identity);
        emulator.SetEnabled(name, false);
        emulator.AddIdentity(new() { Name = "other" });
        var disabled = await emulator["vm"].AskAsync(identity);
        emulator.SetEnabled(name, true);
        var after = await emulator["vm"].AskAsync(identity);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK), (before.Status, disabled.Status, after.Status));
        Assert.Contains("AADSTS7000112", disabled.Text, StringComparison.Ordinal);
        Assert.Throws<EmulatorException>(() => emulator.SetEnabled("nobody", false));
    }

    [Fact]
    public async Task a_newly_assigned_identity_is_not_found_until_the_delay_is_over()
    {
        var clock = new FakeClock();
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            TimeProvider = clock,
            Hosts = [FleetCalls.Vm("vm", "orders") with { PropagationDelay = TimeSpan.FromMinutes(5) }],
        });
        var billing = emulator.Identity("billing");

        var first = await emulator["vm"].AskAsync();
        emulator["vm"].Assign("billing");
        var atOnce = await emulator["vm"].AskAsync(billing);
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var tooEarly = await emulator["vm"].AskAsync(billing);
        clock.Advance(TimeSpan.FromSeconds(1));
        var inTime = await emulator["vm"].AskAsync(billing);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Contains("Identity not found", atOnce.Text, StringComparison.Ordinal);
        Assert.Contains("Identity not found", tooEarly.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, inTime.Status);
        Assert.Equal(2, emulator["vm"].AssignedIdentities.Count);
    }

    [Fact]
    public async Task a_reload_keeps_the_hosts_that_stay_and_changes_the_rest()
    {
        await using var emulator = await FleetCalls.StartAsync(
            new EmulatorOptions { Hosts = [FleetCalls.Vm("vm", "orders"), FleetCalls.Vm("old", "orders"), FleetCalls.Vm("other", "orders")] });
        var (vm, old) = (emulator["vm"], emulator["old"]);
        await vm.AskAsync();

        await emulator.ReloadAsync(
            new EmulatorOptions
            {
                TokenLifetime = TimeSpan.FromHours(1),
                StrictResources = true,
                Resources = [new() { Identifiers = ["api://a"] }],
                Hosts = [FleetCalls.Vm("new", "orders"), FleetCalls.Vm("vm", "billing"), new() { Name = "other", Kind = HostKind.AppService }],
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["new", "vm", "other"], emulator.Hosts.Select(host => host.Name));
        Assert.Same(vm, emulator["vm"]);
        Assert.Equal(["billing"], vm.AssignedIdentities.Select(identity => identity.Name));
        var token = await vm.TokenAsync(resource: "api://a");
        Assert.Equal(TimeSpan.FromMinutes(65), token.Time("exp") - token.Time("nbf"));
        Assert.Equal(emulator.Identity("billing").ObjectId.ToString(), token.String("oid"));
        Assert.Contains("AADSTS500011", (await vm.AskAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(3, vm.Journal.Entries.Count);
        Assert.Equal(SourceKind.AppService, emulator["other"].Source);
        await Assert.ThrowsAsync<HttpRequestException>(() => old.AskAsync());
    }

    [Fact]
    public async Task what_was_assigned_by_hand_survives_a_reload_that_is_about_something_else()
    {
        await using var emulator = await FleetCalls.StartAsync(Small);
        emulator["vm"].Assign("billing");

        await emulator.ReloadAsync(Small with { TokenLifetime = TimeSpan.FromHours(1) }, TestContext.Current.CancellationToken);

        Assert.Equal(["orders", "billing"], emulator["vm"].AssignedIdentities.Select(identity => identity.Name));
    }

    public static TheoryData<string, EmulatorOptions> Refused => new()
    {
        { "Address has changed from 127.0.0.1 to 127.0.0.2. That needs a restart.", Small with { Address = IPAddress.Parse("127.0.0.2") } },
        { "AuthorityPort has changed from 0 to 5000. That needs a restart.", Small with { AuthorityPort = 5000 } },
        { "Issuer has changed from Local to Entra. That needs a restart.", Small with { Issuer = IssuerProfile.Entra } },
        { "TokenTimes has changed from Clock to Real. That needs a restart.", Small with { TokenTimes = TokenTimes.Real } },
        { "TokenTimes is 7. Give Clock or Real.", Small with { TokenTimes = (TokenTimes)7 } },
        { "ArcKeyDirectory has changed", Small with { ArcKeyDirectory = "/tmp/other" } },
        { "TokenLifetime is 00:00:00.", Small with { TokenLifetime = TimeSpan.Zero } },
        { "Hosts[new].UserAssigned names the identity 'x'", Small with { Hosts = [FleetCalls.Vm("new", "x")] } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task a_reload_that_cannot_be_made_changes_nothing(string message, EmulatorOptions options)
    {
        await using var emulator = await FleetCalls.StartAsync(Small);
        var (vm, identities) = (emulator["vm"], emulator.Identities);

        var exception = await Assert.ThrowsAsync<EmulatorException>(() => emulator.ReloadAsync(options, TestContext.Current.CancellationToken));

        Assert.StartsWith($"EmulatorOptions.{message}", exception.Message, StringComparison.Ordinal);
        Assert.Same(vm, Assert.Single(emulator.Hosts));
        Assert.Equal(identities, emulator.Identities);
        Assert.Equal(HttpStatusCode.OK, (await vm.AskAsync()).Status);
    }

    [Fact]
    public async Task a_reload_that_fails_at_a_port_stops_what_it_has_started()
    {
        using var occupier = new TcpListener(IPAddress.Loopback, 0);
        occupier.Start();
        var taken = ((IPEndPoint)occupier.LocalEndpoint).Port;
        var free = FreePort();
        await using var emulator = await FleetCalls.StartAsync(Small);

        var exception = await Assert.ThrowsAsync<EmulatorException>(() => emulator.ReloadAsync(
            Small with { Hosts = [FleetCalls.Vm("one") with { Port = free }, FleetCalls.Vm("two") with { Port = taken }] },
            TestContext.Current.CancellationToken));

        Assert.Contains($"127.0.0.1:{taken} is in use", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["vm"], emulator.Hosts.Select(host => host.Name));
        using var listener = new TcpListener(IPAddress.Loopback, free);
        listener.Start();
    }

    [Fact]
    public async Task a_host_cannot_take_the_port_of_one_that_still_runs()
    {
        var port = FreePort();
        await using var emulator = await FleetCalls.StartAsync(Small with { Hosts = [FleetCalls.Vm("vm", "orders") with { Port = port }] });

        var exception = await Assert.ThrowsAsync<EmulatorException>(() => emulator.ReloadAsync(
            Small with { Hosts = [new() { Name = "web", Kind = HostKind.AppService, Port = port }] }, TestContext.Current.CancellationToken));

        Assert.StartsWith($"EmulatorOptions.Hosts[web].Port is {port}, which the running host 'vm' has", exception.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await emulator["vm"].AskAsync()).Status);
    }

    [Fact]
    public async Task reloads_under_load_drop_no_request()
    {
        await using var emulator = await FleetCalls.StartAsync(Small);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var host = emulator["vm"];
        var asking = Enumerable.Range(0, 4).Select(async _ =>
        {
            var asked = 0;
            for (; !done.IsCancellationRequested; asked++)
                Assert.Equal(HttpStatusCode.OK, (await host.AskAsync()).Status);
            return asked;
        }).ToArray();

        for (var time = 0; time < 20; time++)
        {
            await emulator.ReloadAsync(
                Small with { Hosts = [.. Small.Hosts, FleetCalls.Vm($"host-{time}", "billing")] }, TestContext.Current.CancellationToken);
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(asking), asked => Assert.True(asked > 0));
        Assert.Same(host, emulator["vm"]);
    }

    [Fact]
    public async Task after_disposing_nothing_can_be_changed()
    {
        var emulator = await FleetCalls.StartAsync(Small);
        await emulator.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => emulator.RemoveIdentity("orders"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => emulator.AddHostAsync(FleetCalls.Vm("x"), TestContext.Current.CancellationToken));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
