namespace Keyless.Docs.Tests.Snippets;

public sealed class CachingSnippets(EmulatedMachine machine)
{
    [Fact]
    public async Task a_handle_holds_the_place_in_the_cache()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var client = new ManagedIdentityClient();

        // begin-snippet: resource-handle
        ResourceTokens vault = client.ForResource("https://vault.azure.net");   // once

        var token = await vault.GetTokenAsync(cancellationToken);               // as often as you like
        // end-snippet

        Assert.NotEmpty(token.Token);
        Assert.Equal(TokenOrigin.Cache, (await vault.GetTokenAsync(cancellationToken)).Origin);
    }

    [Fact]
    public async Task the_endpoint_is_asked_although_a_token_is_cached()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var client = new ManagedIdentityClient();
        await client.GetTokenAsync("https://forced.example", cancellationToken);

        // begin-snippet: force-refresh
        var token = await client.GetTokenAsync(new TokenRequest("https://forced.example") { ForceRefresh = true }, cancellationToken);

        if (token.Origin == TokenOrigin.EndpointUnchanged)
            Console.WriteLine("The platform keeps tokens too, and handed out the one that we had.");
        // end-snippet

        Assert.Equal(TokenOrigin.EndpointUnchanged, token.Origin);
    }

    [Fact]
    public async Task a_rejected_token_is_replaced()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        const string Claims = """{"access_token":{"nbf":{"essential":true,"value":"1760000000"}}}""";

        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            ClientCapabilities = ["cp1"],
            Environment = MachineEnvironment.FromVariables(machine.Emulator[SourceKind.ServiceFabric].Variables),
        });
        var rejected = await client.GetTokenAsync("https://graph.example", cancellationToken);

        // begin-snippet: claims
        var token = await client.GetTokenAsync(
            new TokenRequest("https://graph.example")
            {
                Claims = Claims,                    // from the resource's WWW-Authenticate header, decoded
                RejectedToken = rejected.Token,     // the token that the resource did not want
            },
            cancellationToken);
        // end-snippet

        Assert.NotEqual(rejected.Token, token.Token, StringComparer.Ordinal);
    }

    [Fact]
    public void clients_may_share_a_cache_of_their_own()
    {
        // begin-snippet: own-cache
        var cache = new TokenCache(capacity: 500);
        var system = new ManagedIdentityClient(new ManagedIdentityOptions { Cache = cache });
        var orders = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Cache = cache,
            Identity = ManagedIdentity.FromClientId("22b5f906-50cf-505e-8189-7f13b2c0befc"),
        });
        // end-snippet

        var own = system.GetToken("https://vault.azure.net", TestContext.Current.CancellationToken);
        Assert.False(own == orders.GetToken("https://vault.azure.net", TestContext.Current.CancellationToken));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void the_synchronous_call_blocks_the_caller_alone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var client = new ManagedIdentityClient();

        // begin-snippet: synchronous
        var token = client.GetToken("https://database.windows.net/", cancellationToken);
        // end-snippet

        Assert.Equal("https://database.windows.net/", token.Resource);
    }
}
