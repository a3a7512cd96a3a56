using System.Text.Json;
using Keyless.Emulator;
using Keyless.Testing;
using Microsoft.Extensions.Logging;

namespace Keyless.Docs.Tests.Snippets;

public sealed class ReadmeSnippets
{
    [Fact]
    public async Task a_token_becomes_a_header()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage();

        // begin-snippet: token
        var client = new ManagedIdentityClient();   // make one and keep it; nothing to dispose

        AccessToken token = await client.GetTokenAsync("https://vault.azure.net", cancellationToken);
        request.Headers.Authorization = token.Authorization;
        // end-snippet

        Assert.Equal($"Bearer {token.Token}", request.Headers.Authorization.ToString());
    }

    [Fact]
    public async Task a_user_assigned_identity_is_named()
    {
        var cancellationToken = TestContext.Current.CancellationToken;

        // begin-snippet: identity
        var orders = new ManagedIdentityClient(ManagedIdentity.FromClientId("22b5f906-50cf-505e-8189-7f13b2c0befc"));
        // end-snippet

        var token = await orders.GetTokenAsync("https://vault.azure.net", cancellationToken);
        Assert.Equal("22b5f906-50cf-505e-8189-7f13b2c0befc", Claim(token, "appid"));
    }

    [Fact]
    public async Task a_failure_is_a_value()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = MachineEnvironment.FromVariables([new("IDENTITY_ENDPOINT", "nonsense"), new("IDENTITY_HEADER", "secret")]) });
        using var logs = new LogRecorder();
        var logger = logs.CreateLogger<ReadmeSnippets>();

        // begin-snippet: try-get-token
        var result = await client.TryGetTokenAsync(new TokenRequest("https://vault.azure.net"), cancellationToken);

        if (result.Succeeded)
            Use(result.Token);
        else if (result.Failure.IsFallbackSafe)
            UseOtherCredentials();                                     // this machine has no managed identity, and nobody named one
        else
            logger.LogError("No token: {Failure}", result.Failure);    // what happened, where, how often it was tried, what to do
        // end-snippet

        Assert.StartsWith("No token: [Managed Identity] IDENTITY_ENDPOINT is not an absolute URL", Assert.Single(logs.Entries).Message, StringComparison.Ordinal);

        static void Use(AccessToken token) => Assert.Fail($"There is no endpoint, and yet a {token}.");
        static void UseOtherCredentials() => Assert.Fail("Something announced an endpoint.");
    }

    // begin-snippet: emulator
    [Fact]
    public async Task Orders_reads_its_secret()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync();
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = MachineEnvironment.FromVariables(emulator[SourceKind.AppService].Variables),
        });

        var token = await client.GetTokenAsync("https://vault.azure.net");

        Assert.Equal(SourceKind.AppService, token.Source);
    }
    // end-snippet

    internal static string? Claim(AccessToken token, string name)
    {
        var payload = token.Token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var claims = JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
        return claims.RootElement.GetProperty(name).GetString();
    }
}
