using Keyless.Cli.Demo;
using Keyless.Cli.Tests.Support;
using Keyless.Emulator;

namespace Keyless.Cli.Tests.Demo;

/// <summary>The demo's "valid" must mean something: everything that can be wrong with a token is found.</summary>
public sealed class TokenVerifierTests(SharedEmulator shared)
{
    private const string Resource = "https://vault.azure.net";

    [Fact]
    public async Task a_good_token_has_no_fault() => Assert.Null(await FaultOfAsync(token => token));

    [Fact]
    public async Task a_changed_signature_is_found() => Assert.Equal("The token's signature is wrong.", await FaultOfAsync(token =>
    {
        var at = token.LastIndexOf('.') + 1;
        return token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
    }));

    [Fact]
    public async Task a_changed_claim_is_found() => Assert.Equal("The token's signature is wrong.", await FaultOfAsync(token =>
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Jwt.Encode("""{"aud":"https://vault.azure.net"}""")}.{parts[2]}";
    }));

    [Fact]
    public async Task an_unsigned_token_is_found() => Assert.Equal(
        "The token is not signed with RS256.",
        await FaultOfAsync(token => $"{Jwt.Encode("""{"alg":"none"}""")}.{token.Split('.')[1]}."));

    [Fact]
    public async Task a_token_of_another_issuer_is_found()
    {
        await using var other = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Sources = [SourceKind.Imds] }, TestContext.Current.CancellationToken);
        using var verifier = await TokenVerifier.FromDiscoveryAsync(other.Authority, TestContext.Current.CancellationToken);

        Assert.Equal(
            "The token is signed with a key that its issuer does not publish.",
            verifier.FindFault(await TokenAsync(), Resource, shared.Orders.ObjectId, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task a_token_for_another_resource_is_found() =>
        Assert.Equal("The token is for another resource.", await FaultOfAsync(token => token, resource: "https://storage.azure.com"));

    [Fact]
    public async Task a_token_about_another_identity_is_found() =>
        Assert.Equal("The token is about another identity.", await FaultOfAsync(token => token, identity: Guid.Empty));

    [Theory]
    [InlineData(-1)]
    [InlineData(25)]
    public async Task a_token_of_another_time_is_found(int hours) =>
        Assert.Equal("The token is not valid at this time.", await FaultOfAsync(token => token, at: DateTimeOffset.UtcNow.AddHours(hours)));

    private async Task<string?> FaultOfAsync(
        Func<string, string> change, string resource = Resource, Guid? identity = null, DateTimeOffset? at = null)
    {
        using var verifier = await TokenVerifier.FromDiscoveryAsync(shared.Emulator.Authority, TestContext.Current.CancellationToken);
        return verifier.FindFault(change(await TokenAsync()), resource, identity ?? shared.Orders.ObjectId, at ?? DateTimeOffset.UtcNow);
    }

    private async Task<string> TokenAsync()
    {
        var tool = new Tool { Environment = shared.MachineWith(SourceKind.Imds) };
        var run = await tool.RunAsync("token", Resource, "--client-id", shared.Orders.ClientId.ToString());
        return run.Output.Trim();
    }
}
