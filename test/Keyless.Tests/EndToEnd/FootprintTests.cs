using System.Globalization;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>What many cached tokens cost: nothing on a hit, and little beyond their text while they are kept.</summary>
[Collection(nameof(FootprintTests))]
[CollectionDefinition(nameof(FootprintTests), DisableParallelization = true)] // It looks at the memory of the whole process.
public sealed class FootprintTests
{
    private const int Many = 10_000;

    // More than there is, and far less than a second copy of the text would be.
    private const int MostBesideTheText = 1024;

    // Six in a release build, over the network. A debug build, which this may be, has a box for each asynchronous method besides.
    private const int MostOfAFetch = 8 * 1024;
    private const int Fetches = 100;

    private static readonly DescribedMachine Machine = DescribedMachine.Of(SourceKind.AppService, new Uri("http://127.0.0.1:9/"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hit_among_ten_thousand_tokens_allocates_nothing()
    {
        using var endpoint = new TokensFromMemory();
        var client = ClientOf(endpoint);
        var resources = Resources(Many);
        foreach (var resource in resources)
            await client.GetTokenAsync(resource, Cancellation);
        var handle = client.ForResource(resources[Many / 2]);

        // The first look at each puts the tick into its entry.
        Assert.True(HitAll(client, handle, resources));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var complete = HitAll(client, handle, resources);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(complete);
        Assert.Equal(0, allocated);
        Assert.Equal(Many, endpoint.Requests);
    }

    [Fact]
    public async Task A_cached_token_holds_little_memory_beside_its_text()
    {
        using var endpoint = new TokensFromMemory();
        var client = ClientOf(endpoint);
        await client.GetTokenAsync("https://first", Cancellation);
        var resources = Resources(Many);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var resource in resources)
            await client.GetTokenAsync(resource, Cancellation);
        var perToken = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;
        GC.KeepAlive(client);
        GC.KeepAlive(resources);

        Assert.InRange(perToken, 1, (TokensFromMemory.TokenCharacters * sizeof(char)) + MostBesideTheText);
    }

    [Fact]
    public async Task A_fetch_over_a_warm_connection_allocates_at_most_eight_kilobytes()
    {
        using var endpoint = new TokensFromMemory();
        var client = ClientOf(endpoint);
        var forced = new TokenRequest("https://vault.azure.net") { ForceRefresh = true };
        for (var i = 0; i < 100; i++)
            await client.GetTokenAsync(forced, Cancellation);

        // The endpoint answers at once, so that all of it happens on this thread.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Fetches; i++)
            Assert.True(IsComplete(client.GetTokenAsync(forced, Cancellation)));
        var perFetch = (GC.GetAllocatedBytesForCurrentThread() - before) / Fetches;

        before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Fetches; i++)
            endpoint.Answer().Dispose();
        var perAnswer = (GC.GetAllocatedBytesForCurrentThread() - before) / Fetches;

        Assert.InRange(perFetch - perAnswer, 1, MostOfAFetch);
    }

    private static bool IsComplete(ValueTask<AccessToken> call) => call.IsCompletedSuccessfully;

    private static ManagedIdentityClient ClientOf(HttpMessageHandler endpoint) =>
        new(new ManagedIdentityOptions { Environment = Machine, Handler = endpoint });

    private static string[] Resources(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"https://resource-{i}"))];

    private static bool HitAll(ManagedIdentityClient client, ResourceTokens handle, string[] resources)
    {
        var complete = true;
        foreach (var resource in resources)
        {
            complete &= IsComplete(client.GetTokenAsync(resource));
            complete &= IsComplete(handle.GetTokenAsync());
        }

        return complete;
    }
}
