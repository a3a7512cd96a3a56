namespace Keyless.Docs.Tests.Snippets;

public sealed class SecuritySnippets
{
    [Fact]
    public async Task plain_http_needs_a_host_that_was_named()
    {
        var variables = MachineEnvironment.FromVariables([new("MSI_ENDPOINT", "http://identity-sidecar:8080/oauth2/token")]);
        var refused = await new ManagedIdentityClient(new ManagedIdentityOptions { Environment = variables })
            .TryGetTokenAsync(new TokenRequest("https://vault.azure.net"), TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.InsecureEndpoint, refused.Failure?.Kind);

        // begin-snippet: plain-http
        var options = new ManagedIdentityOptions { PlainHttpHosts = ["identity-sidecar"] };
        // end-snippet

        var allowed = await new ManagedIdentityClient(options with { Environment = variables, Handler = new NobodyThere() })
            .TryGetTokenAsync(new TokenRequest("https://vault.azure.net"), TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.RequestRefused, allowed.Failure?.Kind);
    }

    private sealed class NobodyThere : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.MethodNotAllowed));
    }
}
