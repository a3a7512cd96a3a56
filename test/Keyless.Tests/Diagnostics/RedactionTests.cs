using System.Text;
using Keyless.Diagnostics;
using Keyless.Sources;
using Keyless.Testing;

namespace Keyless.Tests.Diagnostics;

public sealed class RedactionTests
{
    private const string Jwt = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJodHRwczovL3ZhdWx0LmF6dXJlLm5ldCJ9.c2lnbmF0dXJl-_";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("\0\u0001\u001b")]
    public void Nothing_stays_nothing(string? text) => Assert.Null(Redaction.Clean(text));

    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("  around  ", "around")]
    [InlineData("two\r\nlines\tand\0more\u007f\u0085x", "two  lines and more  x")]
    [InlineData("\u001b[31mred", "[31mred")]
    [InlineData("schön 日本 🔑", "schön 日本 🔑")]
    public void Text_stays_but_for_control_characters(string text, string expected) => Assert.Equal(expected, Redaction.Clean(text));

    [Theory]
    [InlineData($"{Jwt}", "***")]
    [InlineData($"token {Jwt} rejected", "token *** rejected")]
    [InlineData($"Bearer {Jwt}, {Jwt}.", "Bearer ***, ***")]
    [InlineData($"\"{Jwt}\"", "\"***\"")]
    [InlineData($"x{Jwt}", "x***")]
    [InlineData("eyJhbGciOiJSUzI1NiIsInR5cCI6", "***")]
    [InlineData("eyJhbGciOiJSUzI1NiIs+/==", "***")]
    [InlineData("eyJ is how they begin", "eyJ is how they begin")]
    [InlineData("eyJshort", "eyJshort")]
    [InlineData("EYJhbGciOiJSUzI1NiIsInR5cCI6", "EYJhbGciOiJSUzI1NiIsInR5cCI6")]
    public void Whatever_looks_like_a_token_is_struck_out(string text, string expected) => Assert.Equal(expected, Redaction.Clean(text));

    // Tokens are opaque: what stands in the place of one is one.
    [Theory]
    [InlineData("""{"access_token":"opaque","expires_in":1}""", """{"access_token":"***","expires_in":1}""")]
    [InlineData("""{"access_token" : "opaque"}""", """{"access_token" : "***"}""")]
    [InlineData("""{"accessToken":"opaque"}""", """{"accessToken":"***"}""")]
    [InlineData("""{"refresh_token":"a","ID_TOKEN":"b"}""", """{"refresh_token":"***","ID_TOKEN":"***"}""")]
    [InlineData("""{"refresh_token":"","token_type":"Bearer"}""", """{"refresh_token":"","token_type":"Bearer"}""")]
    [InlineData("""{"access_token":"cut sho""", """{"access_token":"***""")]
    [InlineData("""{"body":"{\"access_token\":\"opaque\"}"}""", """{"body":"{\"access_token\":\"***\"}"}""")]
    [InlineData("access_token=opaque&state=1", "access_token=***&state=1")]
    [InlineData("/cb#access_token=opaque", "/cb#access_token=***")]
    [InlineData("access_token='opaque' x", "access_token='***' x")]
    [InlineData("""{"access_token":12345}""", """{"access_token":12345}""")]
    [InlineData("the token: expired", "the token: expired")]
    [InlineData("no access_token", "no access_token")]
    [InlineData("""{"token_endpoint":"https://x"}""", """{"token_endpoint":"https://x"}""")]
    public void The_value_of_a_token_member_is_struck_out_whatever_it_looks_like(string text, string expected) =>
        Assert.Equal(expected, Redaction.Clean(text));

    [Fact]
    public void Secrets_are_struck_out_wherever_they_stand()
    {
        var header = new Secret("s3cr3t-header");
        var key = new Secret("k3y");

        Assert.Equal("*** and *** and ***", Redaction.Clean("s3cr3t-header and k3y and s3cr3t-header", header, null, key));
        Assert.Equal("nothing", Redaction.Clean("nothing", null, new Secret("")));
    }

    [Theory]
    [InlineData(1024, 1024)]
    [InlineData(1025, 1024)]
    [InlineData(60_000, 1024)]
    public void The_length_is_bounded(int length, int expected)
    {
        var clean = Redaction.Clean(new string('x', length))!;

        Assert.Equal(expected, clean.Length);
        Assert.Equal(length > 1024, clean.EndsWith('…'));
    }

    [Fact]
    public void No_character_is_cut_in_half()
    {
        for (var before = 1018; before < 1026; before++)
        {
            var clean = Redaction.Clean(new string('x', before) + string.Concat(Enumerable.Repeat("🔑", 10)))!;

            Assert.True(clean.Length <= 1024);
            Assert.Equal(clean, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(clean)));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_such() => Assert.Equal("a\uFFFDb", Redaction.Clean([(byte)'a', 0xff, (byte)'b'], []));

    // Whatever is cut off must be cut off after the striking out, not before: half a secret is none that would be recognised.
    [Fact]
    public void No_part_of_a_secret_is_left_wherever_it_stands_in_a_long_body()
    {
        var canary = new Canary("identity header");
        for (var before = 0; before < 65_000; before += before is > 900 and < 1100 or > 16_300 and < 16_500 ? 7 : 997)
        {
            var token = "eyJ" + new string('A', before);
            var clean = Redaction.Clean(Encoding.UTF8.GetBytes($"{token} {canary.Value} end"), new Secret(canary.Value));

            canary.AssertAbsentFrom(clean);
        }
    }

    [Fact]
    public void Noise_with_secrets_in_it_keeps_none_of_them()
    {
        var canary = new Canary("token", "opaque0123456789-canary");
        string[] pieces =
        [
            "\"access_token\":\"", "\"", "token=", "&", "eyJ", Jwt, " ", "{", "}", "\\", ":", "'", "\0", "🔑", "\ud800", "token", "x",
        ];
        var random = new Random(20261018);
        for (var i = 0; i < 5_000; i++)
        {
            var noise = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var text = $"{noise}\"access_token\":\"{canary.Value}\"{noise}";

            var clean = Redaction.Clean(text, new Secret(canary.Value));

            canary.AssertAbsentFrom(clean);
            Assert.True(clean is null || clean.Length <= 1024);
        }
    }
}
