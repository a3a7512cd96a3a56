using Keyless.Caching;

namespace Keyless.Tests.Caching;

/// <summary>How long a failure is answered from memory.</summary>
public sealed class SlotTermsTests
{
    [Theory]
    [InlineData(FailureKind.IdentityNotFound, null, 10, 10)]
    [InlineData(FailureKind.IdentityNotFound, null, 60, 60)]
    [InlineData(FailureKind.IdentityNotFound, null, 0, 0)]
    [InlineData(FailureKind.NoManagedIdentity, null, 10, 5)]
    [InlineData(FailureKind.NoManagedIdentity, null, 2, 2)]
    [InlineData(FailureKind.EndpointUnavailable, null, 10, 1)]
    [InlineData(FailureKind.EndpointUnavailable, null, 0.5, 0.5)]
    [InlineData(FailureKind.Throttled, 30.0, 10, 30)]
    [InlineData(FailureKind.Throttled, 0.2, 10, 0.2)]
    [InlineData(FailureKind.Throttled, 86_400.0, 10, 300)]
    [InlineData(FailureKind.Throttled, 30.0, 0, 0)]
    [InlineData(FailureKind.IdentityNotFound, 3600.0, 10, 10)]
    public void What_may_pass_is_remembered_shortly_and_what_lasts_for_as_long_as_the_client_says(
        FailureKind kind, double? retryAfter, double failureMemory, double expected)
    {
        var failure = new TokenFailure(kind, "x") { RetryAfter = retryAfter is null ? null : TimeSpan.FromSeconds(retryAfter.Value) };

        Assert.Equal(TimeSpan.FromSeconds(expected), Terms(failureMemory).MemoryOf(failure));
    }

    [Fact]
    public void Waiting_too_long_says_how_long()
    {
        var failure = Terms(failureMemory: 10).WaitedTooLong();

        Assert.Equal(FailureKind.TimedOut, failure.Kind);
        Assert.Contains("12.5 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rejected_token_that_came_again_is_not_in_the_failure()
    {
        var entry = new TokenEntry("t0ken-canary")
        {
            Resource = Samples.Resource,
            ExpiresOn = Samples.Now,
            RefreshOn = Samples.Now,
            Source = SourceKind.ServiceFabric,
            Endpoint = new Uri("https://localhost:2377/metadata/identity/oauth2/token"),
            CorrelationId = Samples.CorrelationId,
        };

        var failure = SlotTerms.RejectedAgain(entry);

        Assert.Equal((FailureKind.RejectedTokenReturned, SourceKind.ServiceFabric), (failure.Kind, failure.Source!.Value));
        Assert.Equal("https://localhost:2377/metadata/identity/oauth2/token", failure.Endpoint);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    private static SlotTerms Terms(double failureMemory) =>
        new(
            new CacheClock(TimeProvider.System),
            TimeProvider.System,
            static () => 0,
            TimeSpan.FromSeconds(failureMemory),
            TimeSpan.FromSeconds(12.5));
}
