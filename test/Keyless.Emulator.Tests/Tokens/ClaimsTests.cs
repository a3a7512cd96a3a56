using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Tokens;

public sealed class ClaimsTests(RunningEmulator running)
{
    private static readonly string[] SystemAssignedClaims =
    [
        "aio", "appid", "appidacr", "aud", "exp", "iat", "idp", "idtyp", "iss", "nbf", "oid", "rh", "sub", "tid", "uti", "ver",
        "xms_az_nwperimid", "xms_idrel", "xms_mirid", "xms_tcdt",
    ];

    private static readonly string[] PersonalClaims = ["upn", "scp", "name", "preferred_username", "unique_name", "amr"];

    [Fact]
    public async Task the_token_of_a_system_assigned_identity()
    {
        var token = await ImdsTokenAsync("");

        var identity = running[SourceKind.Imds].AssignedIdentities[0];
        Assert.Equal(SystemAssignedClaims, token.ClaimNames);
        Assert.Equal(HostCalls.Vault, token.String("aud"));
        Assert.Equal(running.Emulator.Authority.AbsoluteUri, token.String("iss"));
        Assert.Equal(token.String("iss"), token.String("idp"));
        Assert.Equal(identity.ClientId.ToString(), token.String("appid"));
        Assert.Equal("2", token.String("appidacr"));
        Assert.Equal("app", token.String("idtyp"));
        Assert.Equal(identity.ObjectId.ToString(), token.String("oid"));
        Assert.Equal(identity.ObjectId.ToString(), token.String("sub"));
        Assert.Equal(running.Emulator.TenantId.ToString(), token.String("tid"));
        Assert.Equal("1.0", token.String("ver"));
        Assert.Equal(identity.ResourceId, token.String("xms_mirid"));
        Assert.Contains("/resourcegroups/", token.String("xms_mirid"), StringComparison.Ordinal);
        Assert.Equal(0, token.Claims.GetProperty("xms_az_nwperimid").GetArrayLength());
    }

    [Fact]
    public async Task the_token_of_a_user_assigned_identity_also_names_the_host()
    {
        var token = await ImdsTokenAsync($"&client_id={running.Orders.ClientId}");

        Assert.Equal(SystemAssignedClaims.Append("xms_az_rid").Order(StringComparer.Ordinal), token.ClaimNames);
        Assert.EndsWith("/userAssignedIdentities/orders", token.String("xms_mirid"), StringComparison.Ordinal);
        Assert.Contains("/virtualMachines/", token.String("xms_az_rid"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_token_of_a_user_is_a_delegated_one()
    {
        var answer = await running[SourceKind.CloudShell].GetAsync("resource=https://vault.azure.net", HostCalls.Metadata);
        var token = new DecodedToken(answer.Token);

        Assert.Equal(
            [
                "acr", "aio", "amr", "appid", "appidacr", "aud", "exp", "family_name", "given_name", "iat", "idtyp", "iss", "name", "nbf",
                "oid", "rh", "scp", "sub", "tid", "unique_name", "upn", "uti", "ver", "xms_tcdt",
            ],
            token.ClaimNames);
        Assert.Equal("user", token.String("idtyp"));
        Assert.Equal("user_impersonation", token.String("scp"));
        Assert.NotEqual(token.String("oid"), token.String("sub"));
        Assert.DoesNotContain(running.Emulator.Identities, identity => identity.ObjectId.ToString() == token.String("oid"));
    }

    [Fact]
    public async Task no_managed_identity_has_a_claim_of_a_person()
    {
        foreach (var token in new[] { await ImdsTokenAsync(""), await ImdsTokenAsync($"&client_id={running.Billing.ClientId}") })
            Assert.Empty(token.ClaimNames.Intersect(PersonalClaims, StringComparer.Ordinal));
    }

    [Fact]
    public async Task the_header_names_the_key_by_its_recognisable_id_and_its_thumbprint()
    {
        var header = (await ImdsTokenAsync("")).Header;

        Assert.Equal(["typ", "alg", "x5t", "kid"], header.EnumerateObject().Select(member => member.Name));
        Assert.Equal("JWT", header.GetProperty("typ").GetString());
        Assert.Equal("RS256", header.GetProperty("alg").GetString());
        Assert.Equal($"keyless-emulator-{header.GetProperty("x5t").GetString()}", header.GetProperty("kid").GetString());
    }

    [Fact]
    public async Task the_audience_follows_the_request_to_the_slash()
    {
        Assert.Equal("https://management.azure.com/", (await TokenForAsync("https://management.azure.com/")).String("aud"));
        Assert.Equal("https://management.azure.com", (await TokenForAsync("https://management.azure.com")).String("aud"));
        Assert.Equal("api://orders", (await TokenForAsync("api://orders")).String("aud"));
        Assert.Equal("00000003-0000-0000-c000-000000000000", (await TokenForAsync("00000003-0000-0000-c000-000000000000")).String("aud"));
    }

    [Fact]
    public async Task every_platforms_token_is_signed_by_its_issuer()
    {
        var tokens = new List<string>
        {
            await AskImdsAsync(HostCalls.Vault),
            (await running[SourceKind.CloudShell].GetAsync("resource=https://vault.azure.net", HostCalls.Metadata)).Token,
            (await running[SourceKind.AzureArc].AskArcAsync()).Token,
        };
        foreach (var (source, version) in new[]
        {
            (SourceKind.AppService, "2019-08-01"),
            (SourceKind.ServiceFabric, "2020-05-01"),
            (SourceKind.MachineLearning, "2017-09-01"),
        })
        {
            var host = running[source];
            tokens.Add((await host.GetAsync($"api-version={version}&resource=https://vault.azure.net", HostCalls.SecretOf(host))).Token);
        }

        Assert.Equal(6, tokens.Distinct(StringComparer.Ordinal).Count());
        foreach (var token in tokens)
            Assert.True(await new DecodedToken(token).IsSignedByItsIssuerAsync());
    }

    [Fact]
    public async Task a_token_that_was_tampered_with_does_not_verify()
    {
        var signed = (await AskImdsAsync("https://vault.azure.net")).Split('.');
        var other = (await AskImdsAsync("https://other.example")).Split('.');

        Assert.False(await new DecodedToken($"{signed[0]}.{other[1]}.{signed[2]}").IsSignedByItsIssuerAsync());
    }

    private async Task<DecodedToken> TokenForAsync(string resource) => new(await AskImdsAsync(resource));

    private async Task<DecodedToken> ImdsTokenAsync(string selector) => new(await AskImdsAsync(HostCalls.Vault, selector));

    private async Task<string> AskImdsAsync(string resource, string selector = "")
    {
        var query = $"api-version=2018-02-01&resource={Uri.EscapeDataString(resource)}{selector}";
        return (await running[SourceKind.Imds].GetAsync(query, HostCalls.Metadata)).Token;
    }
}
