using System.Text;

namespace Keyless.Testing.Tests.Secrecy;

public sealed class CanaryTests
{
    private readonly Canary _canary = new("access token");

    public static TheoryData<string, Func<string, string>> Leaks => new()
    {
        { "as it is", secret => secret },
        { "its beginning", secret => secret[..12] },
        { "its middle", secret => secret[9..21] },
        { "base64", secret => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) },
        { "base64 of a longer text", secret => Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"a\":\"" + secret + "\"}")) },
        { "base64 of a text one longer", secret => Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"ab\":\"" + secret + "\"}")) },
        { "base64 of a text two longer", secret => Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"abc\":\"" + secret + "\"}")) },
        { "hexadecimal", secret => Convert.ToHexString(Encoding.UTF8.GetBytes(secret)) },
    };

    [Theory]
    [MemberData(nameof(Leaks), DisableDiscoveryEnumeration = true)]
    public void a_leak_is_found_in_every_form(string _, Func<string, string> leak)
    {
        var text = $"GET /token -> 200 {leak(_canary.Value)} in 3 ms";

        var found = Assert.Throws<SecretLeakException>(() => _canary.AssertAbsentFrom("harmless", null, text));
        Assert.Contains("access token", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_text_without_it_passes()
    {
        _canary.AssertAbsentFrom("", "short", "a longer text with nothing in it", _canary.ToString(), _canary.Value[..6] + "...", new Canary("other").Value[..20]);
    }

    [Fact]
    public void a_secret_made_elsewhere_can_be_watched_over()
    {
        var canary = new Canary("token", "a/b+c=d e&f?");

        Assert.True(canary.IsIn("https://host/?t=a%2Fb%2Bc%3Dd%20e%26f%3F"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Canary("token", "short"));
    }
}
