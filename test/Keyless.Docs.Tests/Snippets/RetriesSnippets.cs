namespace Keyless.Docs.Tests.Snippets;

public sealed class RetriesSnippets
{
    [Fact]
    public void a_budget_of_ones_own_holds_in_every_case()
    {
        // begin-snippet: timeouts
        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Timeout = TimeSpan.FromSeconds(5),          // one acquisition: all attempts and pauses
            AttemptTimeout = TimeSpan.FromSeconds(2),   // one attempt: from connecting to the last byte
        });
        // end-snippet

        Assert.NotEmpty(client.GetToken("https://vault.azure.net", TestContext.Current.CancellationToken).Token);
    }
}
