using Keyless.Emulator.Fleet;
using Keyless.Emulator.Identities;
using Keyless.Emulator.Tokens;

namespace Keyless.Emulator.Tests.Tokens;

public sealed class ResourceRefusalTests
{
    private static readonly DirectoryContent Lenient = FleetPlan.Of(new EmulatorOptions()).Directory;

    [Theory]
    [InlineData("https://vault.azure.net")]
    [InlineData("https://management.azure.com/")]
    [InlineData("api://AzureADTokenExchange")]
    [InlineData("urn:some:thing")]
    [InlineData("00000003-0000-0000-c000-000000000000")]
    public void absolute_uris_and_guids_are_taken(string resource) => Assert.Null(For(resource));

    [Theory]
    [InlineData("vault.azure.net")]
    [InlineData("/a/path")]
    [InlineData("file:///a/path")]
    [InlineData("https://")]
    [InlineData("urn:")]
    [InlineData("https://a b")]
    [InlineData("https://a\n")]
    [InlineData("https://a.example,https://b.example")]
    public void anything_else_is_malformed(string resource) => Assert.Equal(50001, For(resource)?.Code);

    [Fact]
    public void a_resource_without_end_is_malformed_and_not_repeated_in_full()
    {
        var refusal = For($"https://{new string('a', 5000)}");

        Assert.Equal(50001, refusal?.Code);
        Assert.InRange(refusal!.Text.Length, 1, 200);
    }

    [Fact]
    public void a_scope_is_told_apart_from_a_resource()
    {
        var refusal = For("https://vault.azure.net/.default");

        Assert.Equal(500011, refusal?.Code);
        Assert.Contains("without '/.default'", refusal!.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://VAULT.azure.net", null)]
    [InlineData("https://vault.azure.net/", 500011)]
    [InlineData("https://storage.azure.com", 500011)]
    public void a_strict_directory_knows_registered_resources_alone(string resource, int? code)
    {
        var strict = new EmulatorOptions
        {
            Resources = [new ResourceDescription { Identifiers = ["https://vault.azure.net"] }],
            StrictResources = true,
        };

        Assert.Equal(code, ResourceRefusal.For(resource, FleetPlan.Of(strict).Directory)?.Code);
    }

    private static ResourceRefusal? For(string resource) => ResourceRefusal.For(resource, Lenient);
}
