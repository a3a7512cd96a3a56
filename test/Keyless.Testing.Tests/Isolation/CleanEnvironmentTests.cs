namespace Keyless.Testing.Tests.Isolation;

public sealed class CleanEnvironmentTests
{
    [Theory]
    [InlineData("IDENTITY_ENDPOINT")]
    [InlineData("MSI_SECRET")]
    [InlineData("IMDS_ENDPOINT")]
    [InlineData("AZURE_CLIENT_ID")]
    [InlineData("DEFAULT_IDENTITY_CLIENT_ID")]
    [InlineData("https_proxy")]
    [InlineData("NO_PROXY")]
    public void variables_of_identities_and_proxies_are_foreign(string name) => Assert.True(CleanEnvironment.IsForeign(name));

    [Theory]
    [InlineData("PATH")]
    [InlineData("DOTNET_ROOT")]
    [InlineData("MY_IDENTITY_ENDPOINT")]
    public void others_are_not(string name) => Assert.False(CleanEnvironment.IsForeign(name));

    [Fact]
    public void a_test_sees_none_of_them() =>
        Assert.DoesNotContain(Environment.GetEnvironmentVariables().Keys.Cast<string>(), CleanEnvironment.IsForeign);
}
