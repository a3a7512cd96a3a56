namespace Keyless.Tests.Acquisition;

public sealed class ResourceDirectoryTests
{
    [Fact]
    public void Handles_are_kept_up_to_the_capacity_of_the_cache()
    {
        var client = new ManagedIdentityClient(
            new ManagedIdentityOptions { Environment = new FakeMachine(), Cache = new TokenCache(capacity: 10) });
        var first = client.ForResource("https://resource-0.example");

        for (var i = 1; i < 10; i++)
            client.ForResource($"https://resource-{i}.example");
        Assert.Same(first, client.ForResource("https://resource-0.example"));

        client.ForResource("https://resource-10.example");
        Assert.NotSame(first, client.ForResource("https://resource-0.example"));
    }

    [Fact]
    public void What_is_no_resource_takes_no_place()
    {
        var client = new ManagedIdentityClient(
            new ManagedIdentityOptions { Environment = new FakeMachine(), Cache = new TokenCache(capacity: 10) });
        var first = client.ForResource("https://resource-0.example");

        for (var i = 0; i < 100; i++)
            Assert.Throws<ArgumentException>(() => client.ForResource("two scopes"));

        // Not the last one that was asked for, which is known without a look.
        client.ForResource("https://resource-1.example");
        Assert.Same(first, client.ForResource("https://resource-0.example"));
    }

    [Fact]
    public void A_handle_that_was_dropped_still_names_its_resource()
    {
        var client = new ManagedIdentityClient(
            new ManagedIdentityOptions { Environment = new FakeMachine(), Cache = new TokenCache(capacity: 1) });

        var first = client.ForResource("https://a.example/.default");
        client.ForResource("https://b.example");

        Assert.Equal("https://a.example", first.Resource);
    }
}
