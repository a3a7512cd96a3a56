using Keyless.Sources;

namespace Keyless.Tests.Sources;

public sealed class SecretTests
{
    [Fact]
    public void A_secret_prints_as_stars()
    {
        var secret = new Secret("canary");

        Assert.Equal("***", secret.ToString());
        Assert.Equal("***", $"{secret}");
        Assert.Equal("canary", secret.Reveal());
        Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(secret), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary", "the canary sings: canary", "the *** sings: ***")]
    [InlineData("canary", "nothing here", "nothing here")]
    [InlineData("canary", "Canary", "Canary")]
    [InlineData("", "nothing to strike out", "nothing to strike out")]
    public void A_secret_strikes_itself_out(string secret, string text, string expected) =>
        Assert.Equal(expected, new Secret(secret).StrikeOut(text));

    [Fact]
    public void A_connection_prints_no_secret()
    {
        foreach (var source in Enum.GetValues<SourceKind>())
            Assert.DoesNotContain(Samples.Secret, $"{(object)Samples.Connect(source)}", StringComparison.Ordinal);
    }
}
