using Keyless.Testing;
using Microsoft.Extensions.Logging;

namespace Keyless.Docs.Tests.Snippets;

public sealed class ErrorsSnippets
{
    [Fact]
    public async Task an_exception_says_all_that_is_known()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var client = new ManagedIdentityClient();
        using var logs = new LogRecorder();
        var logger = logs.CreateLogger<ErrorsSnippets>();

        // begin-snippet: exception
        try
        {
            await client.GetTokenAsync("https://vault.azure.net", cancellationToken);
        }
        catch (ManagedIdentityException e)
        {
            logger.LogError(e, "No token: {Kind}, transient {IsTransient}, again in {RetryAfter}", e.Kind, e.IsTransient, e.RetryAfter);
            throw;
        }
        // end-snippet

        Assert.Empty(logs.Entries);
    }

    [Fact]
    public void the_guide_can_be_looked_up()
    {
        // begin-snippet: guide
        var guide = FailureGuide.For(FailureKind.Throttled);
        Console.WriteLine($"{guide.Meaning} {guide.Cure}");
        // end-snippet

        Assert.NotEmpty(guide.Cure);
    }
}
