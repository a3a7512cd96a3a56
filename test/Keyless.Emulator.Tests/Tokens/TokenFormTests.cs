using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Tests.Tokens;

/// <summary>The claims of managed identities in both forms of token, and those that they never have.</summary>
public sealed class TokenFormTests(TokenFormTests.Fixture fixture) : IClassFixture<TokenFormTests.Fixture>
{
    private const string V2Api = "api://orders";
    private const string Ask = "api-version=2018-02-01&resource=";

    private static readonly string[] V1Claims =
    [
        "aio", "appid", "appidacr", "aud", "exp", "iat", "idp", "idtyp", "iss", "nbf", "oid", "rh", "sub", "tid", "uti", "ver",
        "xms_az_nwperimid", "xms_idrel", "xms_mirid", "xms_tcdt",
    ];

    private static readonly string[] V2Claims =
        ["aio", "aud", "azp", "azpacr", "exp", "iat", "iss", "nbf", "oid", "rh", "sub", "tid", "uti", "ver"];

    private static readonly string[] NeverThere = ["upn", "scp", "name", "preferred_username"];

    private ManagedIdentityEmulator Emulator => fixture.Emulator;

    private EmulatedHost Vm => Emulator["vm"];

    private EmulatedIdentity Orders => Emulator.Identities.Single(identity => identity.Name == "orders");

    [Theory]
    [InlineData(HostCalls.Vault, false)]
    [InlineData(HostCalls.Vault, true)]
    [InlineData(V2Api, false)]
    [InlineData(V2Api, true)]
    public async Task each_kind_of_identity_has_the_claims_of_each_form_and_no_others(string resource, bool userAssigned)
    {
        var token = await TokenAsync(resource, userAssigned);

        var expected = resource == V2Api ? V2Claims : userAssigned ? [.. V1Claims, "xms_az_rid"] : V1Claims;
        Assert.Equal(expected.Order(StringComparer.Ordinal), token.ClaimNames);
        Assert.Empty(token.ClaimNames.Intersect(NeverThere, StringComparer.Ordinal));
        Assert.Equal(token.String("oid"), token.String("sub"));
        Assert.True(await token.IsSignedByAsync(Emulator.Authority));
    }

    [Fact]
    public async Task a_v2_token_names_the_api_by_its_application_id_and_the_client_as_azp()
    {
        var token = await TokenAsync(V2Api, userAssigned: true);

        Assert.Equal(Fixture.ApiId.ToString(), token.String("aud"));
        Assert.Equal(Orders.ClientId.ToString(), token.String("azp"));
        Assert.Equal("2", token.String("azpacr"));
        Assert.Equal($"{Emulator.Authority}v2.0", token.String("iss"));
        Assert.Equal("2.0", token.String("ver"));
        Assert.Equal(["typ", "alg", "kid"], token.Header.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task an_api_may_be_asked_for_by_any_of_its_names()
    {
        foreach (var name in new[] { V2Api, "API://Orders", "https://orders.example", Fixture.ApiId.ToString() })
            Assert.Equal(Fixture.ApiId.ToString(), (await TokenAsync(name, userAssigned: false)).String("aud"));
    }

    [Fact]
    public async Task a_token_that_is_meant_to_be_exchanged_is_of_the_v2_form()
    {
        var token = await TokenAsync(FederatedCredentialDescription.DefaultAudience, userAssigned: true);

        Assert.Equal("2.0", token.String("ver"));
        Assert.Equal("fb60f99c-7a34-4190-8149-302f77469936", token.String("aud"));
    }

    [Fact]
    public async Task a_token_for_graph_names_the_identity_for_people()
    {
        var token = await TokenAsync("https://graph.microsoft.com", userAssigned: true);

        Assert.Equal("orders", token.String("app_displayname"));
        Assert.Equal(
            [.. V1Claims, "app_displayname", "tenant_region_scope", "xms_az_rid"],
            token.ClaimNames.OrderBy(name => Array.IndexOf(V1Claims, name) is var at and >= 0 ? at : V1Claims.Length));
    }

    [Fact]
    public async Task capabilities_are_repeated_only_when_they_are_declared()
    {
        var fabric = Emulator["fabric"];
        const string Query = "api-version=2020-05-01&resource=https://cc.example";

        var declared = new DecodedToken((await fabric.GetAsync($"{Query}&xms_cc=cp1,cp2", HostCalls.SecretOf(fabric))).Token);
        var silent = new DecodedToken((await fabric.GetAsync(Query, HostCalls.SecretOf(fabric))).Token);

        Assert.Equal(["cp1", "cp2"], declared.Claims.GetProperty("xms_cc").EnumerateArray().Select(item => item.GetString()));
        Assert.DoesNotContain("xms_cc", silent.ClaimNames);
    }

    [Fact]
    public async Task a_user_gets_a_v2_token_as_well()
    {
        var answer = await Emulator["shell"].GetAsync($"resource={V2Api}", HostCalls.Metadata);

        var token = new DecodedToken(answer.Token);
        Assert.Equal("2.0", token.String("ver"));
        Assert.Contains("preferred_username", token.ClaimNames);
        Assert.DoesNotContain("upn", token.ClaimNames);
    }

    [Theory]
    [InlineData(IssuerProfile.Local)]
    [InlineData(IssuerProfile.Entra)]
    public async Task the_issuer_follows_the_profile(IssuerProfile profile)
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(
            Fixture.Options with { Issuer = profile }, TestContext.Current.CancellationToken);

        var v1 = new DecodedToken(await emulator.IssueTokenAsync("orders", HostCalls.Vault, ct: TestContext.Current.CancellationToken));
        var v2 = new DecodedToken(await emulator.IssueTokenAsync("orders", V2Api, ct: TestContext.Current.CancellationToken));

        var tenant = emulator.TenantId;
        Assert.Equal(profile == IssuerProfile.Local ? emulator.Authority.AbsoluteUri : $"https://sts.windows.net/{tenant}/", v1.String("iss"));
        Assert.Equal(
            profile == IssuerProfile.Local ? $"{emulator.Authority}v2.0" : $"https://login.microsoftonline.com/{tenant}/v2.0",
            v2.String("iss"));
        foreach (var (token, path) in new[] { (v1, ""), (v2, "v2.0/") })
        {
            var document = await HostCalls.GetAsync(new Uri(emulator.Authority, $"{path}.well-known/openid-configuration"));
            Assert.Equal(document.String("issuer"), token.String("iss"));
            Assert.True(await token.IsSignedByAsync(emulator.Authority));
        }
    }

    private async Task<DecodedToken> TokenAsync(string resource, bool userAssigned)
    {
        var selector = userAssigned ? $"&client_id={Orders.ClientId}" : "";
        return new DecodedToken((await Vm.GetAsync($"{Ask}{Uri.EscapeDataString(resource)}{selector}", HostCalls.Metadata)).Token);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private ManagedIdentityEmulator? _emulator;

        public static Guid ApiId { get; } = new("5d0c8f2e-7b1a-4a57-9a7e-0f1d2c3b4a59");

        public static EmulatorOptions Options { get; } = new()
        {
            Hosts =
            [
                new HostDescription { Name = "vm", Kind = HostKind.VirtualMachine },
                new HostDescription { Name = "fabric", Kind = HostKind.ServiceFabric },
                new HostDescription { Name = "shell", Kind = HostKind.CloudShell },
            ],
            Resources = [new ResourceDescription { Identifiers = [V2Api, "https://orders.example"], AppId = ApiId, TokenVersion = 2 }],
        };

        public ManagedIdentityEmulator Emulator => _emulator!;

        public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(Options);

        public ValueTask DisposeAsync() => Emulator.DisposeAsync();
    }
}
