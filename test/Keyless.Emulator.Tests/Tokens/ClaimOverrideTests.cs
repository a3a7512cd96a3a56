using System.Text.Json.Nodes;
using Keyless.Emulator.Tests.Support;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Tests.Tokens;

public sealed class ClaimOverrideTests
{
    private const string Claim = "level";

    [Fact]
    public async Task each_level_wins_over_the_one_before_and_null_takes_a_claim_out()
    {
        var emulatorAlone = new EmulatorOptions { Sources = [SourceKind.Imds], Claims = ClaimOf("emulator") };
        var withTenant = emulatorAlone with { Tenants = [new TenantDescription { Name = "contoso", Claims = ClaimOf("tenant") }] };
        var withIdentity = withTenant with { Identities = [new IdentityDescription { Name = "orders", Claims = ClaimOf("identity") }] };

        Assert.Equal("emulator", await LevelAsync(emulatorAlone));
        Assert.Equal("tenant", await LevelAsync(withTenant));
        Assert.Equal("identity", await LevelAsync(withIdentity));
        Assert.Equal("token", await LevelAsync(withIdentity, new TokenChange { Claims = ClaimOf("token") }));
        Assert.Null(await LevelAsync(withIdentity, new TokenChange { Claims = ClaimOf(null) }));
    }

    [Fact]
    public async Task a_usual_claim_can_be_replaced_or_taken_out_by_any_json()
    {
        var options = new EmulatorOptions
        {
            Sources = [SourceKind.Imds],
            Claims = new Dictionary<string, JsonNode?>
            {
                ["xms_idrel"] = null,
                ["appidacr"] = 7,
                ["groups"] = new JsonArray("a", "b"),
            },
        };
        await using var emulator = await ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken);

        // Twice, since a JSON node has one parent at most.
        await emulator.IssueTokenAsync("orders", HostCalls.Vault, ct: TestContext.Current.CancellationToken);
        var answer = await emulator[SourceKind.Imds].GetAsync("api-version=2018-02-01&resource=api://other", HostCalls.Metadata);

        var token = new DecodedToken(answer.Token);
        Assert.DoesNotContain("xms_idrel", token.ClaimNames);
        Assert.Equal(7, token.Claims.GetProperty("appidacr").GetInt32());
        Assert.Equal(2, token.Claims.GetProperty("groups").GetArrayLength());
        Assert.True(await token.IsSignedByItsIssuerAsync());
    }

    [Fact]
    public async Task the_claims_of_an_identity_are_in_its_tokens_alone()
    {
        var options = new EmulatorOptions
        {
            Sources = [SourceKind.Imds],
            Identities = [new IdentityDescription { Name = "orders", Claims = ClaimOf("identity") }, new IdentityDescription { Name = "billing" }],
        };
        await using var emulator = await ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken);

        var other = new DecodedToken(await emulator.IssueTokenAsync("billing", HostCalls.Vault, ct: TestContext.Current.CancellationToken));

        Assert.DoesNotContain(Claim, other.ClaimNames);
    }

    private static Dictionary<string, JsonNode?> ClaimOf(string? level) => new() { [Claim] = level };

    private static async Task<string?> LevelAsync(EmulatorOptions options, TokenChange? change = null)
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(options, TestContext.Current.CancellationToken);
        var token = new DecodedToken(
            await emulator.IssueTokenAsync("orders", HostCalls.Vault, change, TestContext.Current.CancellationToken));
        return token.Claims.TryGetProperty(Claim, out var value) ? value.GetString() : null;
    }
}
