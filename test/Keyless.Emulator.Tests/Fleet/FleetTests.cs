using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Fleet;

public sealed class FleetTests
{
    [Fact]
    public async Task hosts_of_every_kind_run_at_once_each_with_its_own_identity()
    {
        using var directory = new TemporaryDirectory();
        var kinds = Enum.GetValues<HostKind>();
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            ArcKeyDirectory = directory.Path,
            Hosts = [.. kinds.Select(kind => new HostDescription { Name = $"host-{kind}", Kind = kind })],
        });

        Assert.Equal(9, emulator.Hosts.Select(host => host.Endpoint.Port).Distinct().Count());
        foreach (var (host, kind) in emulator.Hosts.Zip(kinds))
        {
            var token = await host.TokenAsync();

            Assert.Equal(kind, host.Kind);
            if (kind == HostKind.CloudShell)
                Assert.Equal("user", token.String("idtyp"));
            else
                Assert.Equal(emulator.Identity(host.Name).ObjectId.ToString(), token.String("oid"));
        }
    }

    [Theory]
    [InlineData(HostKind.VirtualMachine, HttpStatusCode.BadRequest)]
    [InlineData(HostKind.Functions, HttpStatusCode.BadRequest)]
    [InlineData(HostKind.AzureArc, HttpStatusCode.BadRequest)]
    [InlineData(HostKind.ServiceFabric, HttpStatusCode.NotFound)]
    [InlineData(HostKind.MachineLearning, HttpStatusCode.BadRequest)]
    public async Task a_host_does_not_have_the_identity_of_another_one_of_its_kind(HostKind kind, HttpStatusCode status)
    {
        using var directory = new TemporaryDirectory();
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            ArcKeyDirectory = directory.Path,
            Hosts =
            [
                new HostDescription { Name = "a", Kind = kind, UserAssigned = ["orders"] },
                new HostDescription { Name = "b", Kind = kind, UserAssigned = ["billing"] },
            ],
        });
        var (orders, billing) = (emulator.Identity("orders"), emulator.Identity("billing"));

        var own = await emulator["a"].TokenAsync(orders);
        var foreign = await emulator["a"].AskAsync(billing);
        var others = await emulator["b"].TokenAsync(billing);

        Assert.Equal(orders.ObjectId.ToString(), own.String("oid"));
        Assert.Equal(billing.ObjectId.ToString(), others.String("oid"));
        Assert.Equal(status, foreign.Status);
        Assert.Contains("Identity not found", foreign.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_secret_is_good_for_its_own_host_only()
    {
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            Hosts =
            [
                new HostDescription { Name = "a", Kind = HostKind.AppService, Secret = "0123456789abcdef" },
                new HostDescription { Name = "b", Kind = HostKind.AppService },
            ],
        });
        const string Query = "api-version=2019-08-01&resource=https://vault.azure.net";

        Assert.Equal("0123456789abcdef", emulator["a"].Variables["IDENTITY_HEADER"]);
        Assert.Equal(HttpStatusCode.OK, (await emulator["a"].GetAsync(Query, HostCalls.SecretOf(emulator["a"]))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await emulator["b"].GetAsync(Query, HostCalls.SecretOf(emulator["a"]))).Status);
    }

    [Fact]
    public async Task without_a_selector_the_only_identity_is_taken_of_several_none_and_of_none_none()
    {
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            Hosts = [FleetCalls.Vm("none"), FleetCalls.Vm("one", "orders"), FleetCalls.Vm("many", "orders", "billing")],
        });

        Assert.Contains("no identity is assigned", (await emulator["none"].AskAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(emulator.Identity("orders").ClientId.ToString(), (await emulator["one"].TokenAsync()).String("appid"));
        Assert.Contains("Multiple user assigned identities exist", (await emulator["many"].AskAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ids_follow_from_names_and_are_the_same_in_every_emulator()
    {
        var options = new EmulatorOptions
        {
            Tenants = [new() { Name = "one" }, new() { Name = "two" }],
            Identities = [new() { Name = "a", Tenant = "one" }, new() { Name = "a", Tenant = "two" }],
            Hosts = [new() { Name = "vm", Kind = HostKind.VirtualMachine }],
        };
        await using var here = await FleetCalls.StartAsync(options);
        await using var there = await FleetCalls.StartAsync(options);

        Assert.Equal(here.Identities, there.Identities);
        Assert.Equal(here.Tenants, there.Tenants);
        Assert.Equal(3, here.Identities.Select(identity => identity.ClientId).Distinct().Count());
        Assert.Equal(6, here.Identities.SelectMany(identity => new[] { identity.ClientId, identity.ObjectId }).Distinct().Count());
    }

    [Fact]
    public async Task each_tenant_is_an_issuer_of_its_own()
    {
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            Tenants = [new() { Name = "one" }, new() { Name = "two" }],
            Identities = [new() { Name = "a", Tenant = "one" }, new() { Name = "b", Tenant = "two" }],
            Hosts =
            [
                new() { Name = "first", Kind = HostKind.VirtualMachine },
                new() { Name = "second", Kind = HostKind.VirtualMachine, Tenant = "two" },
            ],
        });

        foreach (var (host, identity) in new[] { ("first", "a"), ("second", "b") })
        {
            var token = await emulator[host].TokenAsync(emulator.Identity(identity));

            Assert.Equal(emulator[host].Tenant.Id.ToString(), token.String("tid"));
            Assert.Equal(emulator.AuthorityOf(emulator[host].Tenant).AbsoluteUri, token.String("iss"));
            Assert.True(await token.IsSignedByItsIssuerAsync());
        }

        Assert.NotEqual(emulator["first"].Tenant.Id, emulator["second"].Tenant.Id);
        Assert.Contains("Identity not found", (await emulator["first"].AskAsync(emulator.Identity("b"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_identity_of_another_tenant_cannot_be_assigned()
    {
        var exception = await Assert.ThrowsAsync<EmulatorException>(() => FleetCalls.StartAsync(new EmulatorOptions
        {
            Tenants = [new() { Name = "one" }, new() { Name = "two" }],
            Identities = [new() { Name = "a", Tenant = "two" }],
            Hosts = [FleetCalls.Vm("vm", "a")],
        }));

        Assert.Equal(
            "EmulatorOptions.Hosts[vm].UserAssigned names the identity 'a', which is not in the host's tenant. Identities there: none.",
            exception.Message);
    }

    [Fact]
    public async Task in_strict_mode_only_registered_resources_are_known()
    {
        await using var emulator = await FleetCalls.StartAsync(new EmulatorOptions
        {
            StrictResources = true,
            Resources = [new() { Identifiers = ["api://orders"], TokenVersion = 2 }],
            Hosts = [FleetCalls.Vm("vm", "orders")],
        });

        var known = await emulator["vm"].TokenAsync(resource: "api://orders");
        var unknown = await emulator["vm"].AskAsync();

        Assert.Equal("2.0", known.String("ver"));
        Assert.Contains("AADSTS500011", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_hundred_emulators_side_by_side_never_hand_out_each_others_identities()
    {
        // A key takes long to make, so that all emulators but the first read its key.
        using var keys = new TemporaryDirectory();
        var emulators = new List<ManagedIdentityEmulator> { await FleetCalls.StartAsync(NumberedOptions(0, keys.Path)) };
        emulators.AddRange(await Task.WhenAll(
            Enumerable.Range(1, 99).Select(number => FleetCalls.StartAsync(NumberedOptions(number, keys.Path)))));

        var ports = emulators.SelectMany(emulator => emulator.Hosts.Select(host => host.Endpoint.Port).Append(emulator.Authority.Port));
        var tokens = await Task.WhenAll(emulators.Select(AskAsync));

        Assert.Equal(300, ports.Distinct().Count());
        Assert.Equal(100, tokens.DistinctBy(token => token.String("oid")).Count());
        Assert.Equal(100, tokens.DistinctBy(token => token.String("iss")).Count());
        Assert.True(await tokens[99].IsSignedByItsIssuerAsync());
        await Task.WhenAll(emulators.Select(emulator => emulator.DisposeAsync().AsTask()));

        async Task<DecodedToken> AskAsync(ManagedIdentityEmulator emulator, int number)
        {
            var identity = emulator.Identity($"identity-{number}");
            var token = await emulator["vm"].TokenAsync(resource: $"api://api-{number}");
            Assert.Equal(
                (identity.ObjectId.ToString(), emulator.Authority.AbsoluteUri, $"api://api-{number}"),
                (token.String("oid"), token.String("iss"), token.String("aud")));
            Assert.Equal(emulator.Tenants[0].Id.ToString(), token.String("tid"));
            Assert.Equal(HttpStatusCode.BadRequest, (await emulator["web"].AskAsync(identity)).Status);

            var entry = Assert.Single(emulator["vm"].Journal.Entries);
            Assert.Equal((identity, $"api://api-{number}", "vm"), (entry.Identity, entry.Resource, entry.Host));
            return token;
        }
    }

    private static EmulatorOptions NumberedOptions(int number, string keys) => new()
    {
        KeyDirectory = keys,
        Tenants = [new() { Name = $"tenant-{number}" }],
        Identities = [new() { Name = $"identity-{number}" }],
        Hosts = [FleetCalls.Vm("vm", $"identity-{number}"), new() { Name = "web", Kind = HostKind.AppService, UserAssigned = [] }],
    };
}
