using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>How the address in the environment and the query of the request come together.</summary>
public sealed class RequestAddressTests
{
    private const string Query = "api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net";

    [Theory]
    [InlineData("http://127.0.0.1:41234/msi/token", $"http://127.0.0.1:41234/msi/token?{Query}")]
    [InlineData("http://127.0.0.1:41234/msi/token/", $"http://127.0.0.1:41234/msi/token/?{Query}")]
    [InlineData("http://127.0.0.1:41234", $"http://127.0.0.1:41234/?{Query}")]
    [InlineData("http://127.0.0.1", $"http://127.0.0.1/?{Query}")]
    [InlineData("http://127.0.0.1:80/msi", $"http://127.0.0.1/msi?{Query}")]
    [InlineData("https://host.example:8443/a/b%20c", $"https://host.example:8443/a/b%20c?{Query}")]
    [InlineData("http://127.0.0.1:41234/msi/token?code=1", $"http://127.0.0.1:41234/msi/token?code=1&{Query}")]
    [InlineData("http://127.0.0.1:41234/msi/token?a=%2F&b", $"http://127.0.0.1:41234/msi/token?a=%2F&b&{Query}")]
    [InlineData("http://127.0.0.1:41234/msi/token?", $"http://127.0.0.1:41234/msi/token?{Query}")]
    [InlineData("http://127.0.0.1:41234/msi/token#part", $"http://127.0.0.1:41234/msi/token?{Query}")]
    [InlineData("http://[::1]:41234/msi/token", $"http://[::1]:41234/msi/token?{Query}")]
    [InlineData("  http://127.0.0.1:41234/msi/token\n", $"http://127.0.0.1:41234/msi/token?{Query}")]
    public void The_address_is_kept_and_the_query_comes_behind_it(string endpoint, string expected)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_ENDPOINT"] = endpoint;

        Assert.Equal(expected, RequestText.Describe(machine, RequestText.Query(ManagedIdentity.SystemAssigned)).Uri.AbsoluteUri);
    }

    [Fact]
    public void Cloud_Shell_keeps_a_query_of_the_address()
    {
        var machine = new FakeMachine { ["MSI_ENDPOINT"] = "http://localhost:50342/oauth2/token/?x=1" };

        Assert.Equal(
            "http://localhost:50342/oauth2/token/?x=1",
            RequestText.Describe(machine, RequestText.Query(ManagedIdentity.SystemAssigned)).Uri.AbsoluteUri);
    }

    // Unescaped, these would end the value, or the query, or would be read as something else.
    [Theory]
    [InlineData("https://vault.azure.net/", "https%3A%2F%2Fvault.azure.net%2F")]
    [InlineData("https://vault.azure.net//", "https%3A%2F%2Fvault.azure.net%2F%2F")]
    [InlineData("api://a&b=c", "api%3A%2F%2Fa%26b%3Dc")]
    [InlineData("api://a#b", "api%3A%2F%2Fa%23b")]
    [InlineData("api://a+b", "api%3A%2F%2Fa%2Bb")]
    [InlineData("api://a?b", "api%3A%2F%2Fa%3Fb")]
    [InlineData("api://100%25", "api%3A%2F%2F100%2525")]
    [InlineData("api://schön", "api%3A%2F%2Fsch%C3%B6n")]
    [InlineData("api://\U0001F511", "api%3A%2F%2F%F0%9F%94%91")]
    [InlineData("api://a;b,c'd\"e", "api%3A%2F%2Fa%3Bb%2Cc%27d%22e")]
    [InlineData("8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01", "8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01")]
    public void The_resource_is_escaped(string resource, string escaped)
    {
        var query = RequestText.Query(ManagedIdentity.SystemAssigned, resource);

        Assert.Equal(
            $"?api-version=2018-02-01&resource={escaped}",
            RequestText.Describe(Samples.Machine(SourceKind.Imds), query).Uri.Query);
        Assert.Equal($"resource={escaped}", RequestText.Describe(Samples.Machine(SourceKind.CloudShell), query).Form);
    }

    [Fact]
    public void A_broken_character_in_a_resource_is_no_accident()
    {
        var query = RequestText.Query(ManagedIdentity.SystemAssigned, "api://\ud800x");

        Assert.Equal(
            "?api-version=2018-02-01&resource=api%3A%2F%2F%EF%BF%BDx",
            RequestText.Describe(Samples.Machine(SourceKind.Imds), query).Uri.Query);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/metadata/identity/oauth2/token")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/metadata/identity/oauth2/token")]
    [InlineData("http://127.0.0.1:8080/some/path", "http://127.0.0.1:8080/metadata/identity/oauth2/token")]
    [InlineData("http://127.0.0.1:8080/metadata/identity/oauth2/token?x=1", "http://127.0.0.1:8080/metadata/identity/oauth2/token")]
    [InlineData("http://[fe80::1]:8080", "http://[fe80::1]:8080/metadata/identity/oauth2/token")]
    [InlineData("https://proxy.example", "https://proxy.example/metadata/identity/oauth2/token")]
    public void Of_the_metadata_service_only_the_host_can_be_moved(string host, string expected)
    {
        var machine = new FakeMachine { ["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = host };

        var connection = Samples.Connect(machine);

        Assert.Equal(expected, connection.Endpoint.AbsoluteUri);
        Assert.Equal("AZURE_POD_IDENTITY_AUTHORITY_HOST", connection.AnnouncedBy);
    }

    [Fact]
    public void Arc_found_by_its_agent_file_has_the_agents_usual_address()
    {
        var connection = Samples.Connect(new FakeMachine { HasAgentFile = true });

        Assert.Equal("http://127.0.0.1:40342/metadata/identity/oauth2/token", connection.Endpoint.AbsoluteUri);
        Assert.Equal("/opt/azcmagent/bin/himds", connection.AnnouncedBy);
    }

    [Fact]
    public void A_pinned_Arc_without_an_agent_is_not_announced_by_a_file_that_is_not_there()
    {
        var connection = new AzureArcSource().Connect(new FakeMachine(), []);

        Assert.Equal("the choice of the source", connection.AnnouncedBy);
    }

    [Fact]
    public void The_address_for_people_and_keys_has_no_query()
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_ENDPOINT"] = "http://127.0.0.1:41234/msi/token?code=s3cr3t#x";

        Assert.Equal("http://127.0.0.1:41234/msi/token", Samples.Connect(machine).Address);
    }
}
