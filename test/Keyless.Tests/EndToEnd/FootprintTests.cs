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

    private static ManagedIdentityClient ClientOf(HttpMessageHandler endpoint) =>
        new(new ManagedIdentityOptions { Environment = Machine, Handler = endpoint });

    private static string[] Resources(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => string.Create(CultureInfo.InvariantCulture, $"https://resource-{i}"))];

    private static bool HitAll(ManagedIdentityClient client, ResourceTokens handle, string[] resources)
    {
        var complete = true;
        foreach (var resource in resources)
        {
            complete &= client.GetTokenAsync(resource).IsCompletedSuccessfully;
            complete &= handle.GetTokenAsync().IsCompletedSuccessfully;
        }

        return complete;
    }
}
