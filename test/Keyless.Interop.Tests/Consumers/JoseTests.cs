using System.Text.Json;
using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Support;

namespace Keyless.Interop.Tests.Consumers;

/// <summary>npm's jose verifies a token by the issuer's discovery document and the keys that it leads to.</summary>
public sealed class JoseTests(EmulatedPlatforms platforms)
{
    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.CloudShell)]
    public async Task it_accepts_a_token(SourceKind source)
    {
        var token = await TokenOfAsync(source);

        var verdict = await VerifyAsync(token, EmulatedPlatforms.Vault);

        Assert.Equal(new Claims(token)["oid"], verdict.GetProperty("claims").GetProperty("oid").GetString());
    }

    [Fact]
    public async Task it_refuses_a_token_for_another_audience()
    {
        var verdict = await VerifyAsync(await TokenOfAsync(SourceKind.Imds), "https://storage.azure.com");

        Assert.Equal("ERR_JWT_CLAIM_VALIDATION_FAILED", verdict.GetProperty("errorCode").GetString());
        Assert.Contains("\"aud\"", verdict.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task it_refuses_a_token_whose_claims_were_changed()
    {
        var own = (await TokenOfAsync(SourceKind.Imds)).Split('.');
        var other = (await TokenOfAsync(SourceKind.AppService)).Split('.');
        Assert.NotEqual(own[1], other[1]);

        var verdict = await VerifyAsync($"{own[0]}.{other[1]}.{own[2]}", EmulatedPlatforms.Vault);

        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", verdict.GetProperty("errorCode").GetString());
    }

    // Any client will do to get it; this one starts soonest.
    private async Task<string> TokenOfAsync(SourceKind source)
    {
        var outcome = await platforms.OutcomeOfAsync(InteropClient.MsalNode, source, platforms.CallFor(ManagedIdentityKind.SystemAssigned));
        return outcome.Token!;
    }

    private async Task<JsonElement> VerifyAsync(string token, string audience)
    {
        var (exitCode, output, error) = await Child.RunAsync(
            Node.Require(),
            [.. Node.Program("verify.mjs"), platforms.Emulator.Authority.AbsoluteUri, audience],
            new Dictionary<string, string>(),
            token,
            TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, $"verify.mjs ended with exit code {exitCode}: {error}");
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }
}
