using System.Net;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Tokens;

public sealed class RoleTests
{
    private const string Api = "api://orders";
    private const string ApiUrl = "https://orders.example";

    private static readonly EmulatorOptions Options = new()
    {
        Hosts =
        [
            new HostDescription { Name = "vm", Kind = HostKind.VirtualMachine, Roles = Roles(Api, "Orders.Read") },
            new HostDescription { Name = "web", Kind = HostKind.AppService },
            new HostDescription { Name = "fabric", Kind = HostKind.ServiceFabric },
            new HostDescription { Name = "compute", Kind = HostKind.MachineLearning },
            new HostDescription { Name = "shell", Kind = HostKind.CloudShell },
        ],
        Identities =
        [
            new IdentityDescription { Name = "orders", Roles = Roles(ApiUrl, "Orders.Read", "Orders.Write", "Nonsense") },
            new IdentityDescription { Name = "gone", Enabled = false },
        ],
        Resources =
        [
            new ResourceDescription { Identifiers = [Api, ApiUrl], Roles = ["Orders.Read", "Orders.Write"], AssignmentRequired = true },
        ],
    };

    [Fact]
    public async Task roles_are_found_by_any_name_of_the_api_and_only_those_that_it_knows_are_told()
    {
        await using var emulator = await StartAsync(Options);

        Assert.Equal(["Orders.Read", "Orders.Write"], await RolesAsync(emulator, "orders", Api));
        Assert.Equal(["Orders.Read", "Orders.Write"], await RolesAsync(emulator, "orders", ApiUrl));
        Assert.Equal(["Orders.Read"], await RolesAsync(emulator, "vm", Api));
        Assert.Empty(await RolesAsync(emulator, "orders", "https://elsewhere.example"));
    }

    [Fact]
    public async Task roles_in_an_api_that_is_not_registered_are_told_as_given()
    {
        await using var emulator = await StartAsync(new EmulatorOptions
        {
            Sources = [SourceKind.Imds],
            Identities = [new IdentityDescription { Name = "orders", Roles = Roles("api://free", "Anything") }],
        });

        Assert.Equal(["Anything"], await RolesAsync(emulator, "orders", "api://free"));
    }

    [Fact]
    public async Task an_api_that_requires_an_assignment_is_refused_in_each_dialect()
    {
        await using var emulator = await StartAsync(Options with
        {
            Hosts = [.. Options.Hosts.Select(host => host with { Roles = new Dictionary<string, IReadOnlyList<string>>() })],
        });

        var imds = await emulator["vm"].GetAsync($"api-version=2018-02-01&resource={Api}", HostCalls.Metadata);
        Assert.Equal(HttpStatusCode.BadRequest, imds.Status);
        Assert.Equal("invalid_grant", imds.String("error"));
        Assert.Equal(501051, imds.Member("error_codes")[0].GetInt32());

        foreach (var (name, version, member) in new[]
        {
            ("web", "2019-08-01", "message"), ("compute", "2017-09-01", "message"), ("fabric", "2020-05-01", "error.message"),
        })
        {
            var answer = await emulator[name].GetAsync($"api-version={version}&resource={Api}", HostCalls.SecretOf(emulator[name]));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("AADSTS501051", answer.String(member), StringComparison.Ordinal);
        }

        var user = await emulator["shell"].GetAsync($"resource={Api}", HostCalls.Metadata);
        Assert.Equal(HttpStatusCode.OK, user.Status);
    }

    [Fact]
    public async Task an_identity_that_is_disabled_in_entra_gets_nothing()
    {
        await using var emulator = await StartAsync(Options);
        var gone = emulator.Identities.Single(identity => identity.Name == "gone");

        var answer = await emulator["vm"].GetAsync(
            $"api-version=2018-02-01&resource={HostCalls.Vault}&client_id={gone.ClientId}", HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("unauthorized_client", answer.String("error"));
        Assert.Contains("AADSTS7000112", answer.String("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_a_host_keeps_is_told_until_it_has_aged_or_is_purged()
    {
        var clock = new FakeClock();
        await using var emulator = await StartAsync(Options with { TimeProvider = clock });
        var host = emulator["vm"];
        const string Ask = $"api-version=2018-02-01&resource={Api}";
        var first = (await host.GetAsync(Ask, HostCalls.Metadata)).Token;

        clock.Advance(TimeSpan.FromHours(20));
        var kept = (await host.GetAsync(Ask, HostCalls.Metadata)).Token;
        host.PurgeTokens();
        var purged = (await host.GetAsync(Ask, HostCalls.Metadata)).Token;
        clock.Advance(TimeSpan.FromDays(1));
        var aged = (await host.GetAsync(Ask, HostCalls.Metadata)).Token;

        Assert.Equal(first, kept);
        Assert.NotEqual(kept, purged);
        Assert.NotEqual(purged, aged);
    }

    private static Dictionary<string, IReadOnlyList<string>> Roles(string resource, params string[] roles) => new() { [resource] = roles };

    private static Task<ManagedIdentityEmulator> StartAsync(EmulatorOptions options) =>
        ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken);

    private static async Task<string[]> RolesAsync(ManagedIdentityEmulator emulator, string identity, string resource)
    {
        var token = new DecodedToken(await emulator.IssueTokenAsync(identity, resource, ct: TestContext.Current.CancellationToken));
        return token.Claims.TryGetProperty("roles", out var roles) ? [.. roles.EnumerateArray().Select(role => role.GetString()!)] : [];
    }
}
