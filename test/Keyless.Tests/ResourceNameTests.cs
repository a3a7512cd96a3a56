namespace Keyless.Tests;

/// <summary>A resource or its scope: only a final <c>/.default</c> goes; what can't be a resource is refused with a hint.</summary>
public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("https://vault.azure.net", "https://vault.azure.net")]
    [InlineData("https://vault.azure.net/", "https://vault.azure.net/")]
    [InlineData("https://vault.azure.net//", "https://vault.azure.net//")]
    [InlineData("https://vault.azure.net/.default", "https://vault.azure.net")]
    [InlineData("https://vault.azure.net//.default", "https://vault.azure.net/")]
    [InlineData("https://vault.azure.net///.default", "https://vault.azure.net//")]
    [InlineData("https://vault.azure.net/.default/.default", "https://vault.azure.net/.default")]
    [InlineData("https://vault.azure.net/.default/", "https://vault.azure.net/.default/")]
    [InlineData("https://vault.azure.net/.Default", "https://vault.azure.net/.Default")]
    [InlineData("https://vault.azure.net/.DEFAULT", "https://vault.azure.net/.DEFAULT")]
    [InlineData("https://vault.azure.net/default", "https://vault.azure.net/default")]
    [InlineData("https://vault.azure.net/x.default", "https://vault.azure.net/x.default")]
    [InlineData("https://vault.azure.net.default", "https://vault.azure.net.default")]
    [InlineData("https://vault.azure.net/.default?x", "https://vault.azure.net/.default?x")]
    [InlineData("https://VAULT.azure.net", "https://VAULT.azure.net")]
    [InlineData("HTTPS://vault.azure.net", "HTTPS://vault.azure.net")]
    [InlineData("https://management.azure.com/", "https://management.azure.com/")]
    [InlineData("https://management.azure.com//.default", "https://management.azure.com/")]
    [InlineData("https://database.windows.net/", "https://database.windows.net/")]
    [InlineData("https://storage.azure.com/.default", "https://storage.azure.com")]
    [InlineData("https://graph.microsoft.com/.default", "https://graph.microsoft.com")]
    [InlineData("https://ossrdbms-aad.database.windows.net/.default", "https://ossrdbms-aad.database.windows.net")]
    [InlineData("https://contoso.example:8443/api/.default", "https://contoso.example:8443/api")]
    [InlineData("https://contoso.example/user_impersonation", "https://contoso.example/user_impersonation")]
    [InlineData("http://localhost", "http://localhost")]
    [InlineData("api://AzureADTokenExchange", "api://AzureADTokenExchange")]
    [InlineData("api://AzureADTokenExchange/.default", "api://AzureADTokenExchange")]
    [InlineData("api://8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01/.default", "api://8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01")]
    [InlineData("8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01", "8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01")]
    [InlineData("8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01/.default", "8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01")]
    [InlineData("spn:8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01", "spn:8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01")]
    [InlineData("urn:contoso:orders", "urn:contoso:orders")]
    [InlineData("urn:ms.azure:x.y", "urn:ms.azure:x.y")]
    [InlineData("orders", "orders")]
    [InlineData("https://schön.example", "https://schön.example")]
    public void A_resource_is_kept_to_the_letter(string given, string expected) =>
        Assert.Equal(expected, ResourceName.Normalise(given));

    [Theory]
    [InlineData("", "blank")]
    [InlineData(" ", "blank")]
    [InlineData("\t\r\n", "blank")]
    [InlineData(" https://vault.azure.net", "blanks around it")]
    [InlineData("https://vault.azure.net\n", "blanks around it")]
    [InlineData("https://vault.azure.net\u00a0", "blanks around it")]
    [InlineData("https://vault.azure.net/.default https://graph.microsoft.com/.default", "several scopes")]
    [InlineData("openid profile", "several scopes")]
    [InlineData("https://vault.azure.net/.default\nhttps://graph.microsoft.com/.default", "several scopes")]
    [InlineData("https://vault.\u0001azure.net", "control character")]
    [InlineData("https://vault.azure.net\0", "control character")]
    [InlineData("/.default", "names no resource")]
    [InlineData(".default", "names no resource")]
    [InlineData("./default", "names no resource")]
    [InlineData(".", "names no resource")]
    [InlineData("https://vault.azure.net/./default", "names no resource")]
    [InlineData("https://", "names no resource")]
    [InlineData("https:///.default", "names no resource")]
    [InlineData("api:///.default", "names no resource")]
    [InlineData("vault.azure.net", "https://vault.azure.net?")]
    [InlineData("vault.azure.net/", "https://vault.azure.net/?")]
    [InlineData("vault.azure.net/.default", "https://vault.azure.net/.default?")]
    [InlineData("graph.microsoft.com/User.Read", "https://graph.microsoft.com/User.Read?")]
    public void What_can_not_be_a_resource_gets_a_hint(string given, string hint)
    {
        var error = Assert.Throws<ArgumentException>(() => ResourceName.Normalise(given));

        Assert.Equal("resource", error.ParamName);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_refuses_them_before_anything_else()
    {
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = new FakeMachine() });

        Assert.Throws<ArgumentException>(() => client.ForResource("vault.azure.net"));
        Assert.Throws<ArgumentException>(() => client.GetToken("./default", TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(
            () => client.GetToken(new TokenRequest("./default") { ForceRefresh = true }, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>(() => client.ForResource(null!));
        Assert.Throws<ArgumentException>(() => client.ForResource(""));
        Assert.Throws<ArgumentNullException>(() => new TokenRequest(null!));
        Assert.Throws<ArgumentException>(() => new TokenRequest(""));
    }

    [Fact]
    public void A_scope_and_its_resource_are_one_resource()
    {
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = new FakeMachine() });

        Assert.Equal("https://vault.azure.net", client.ForResource("https://vault.azure.net/.default").Resource);
        Assert.Equal("https://vault.azure.net", client.ForResource("https://vault.azure.net").Resource);
        Assert.Same(client.ForResource("https://vault.azure.net"), client.ForResource("https://vault.azure.net"));
    }
}
