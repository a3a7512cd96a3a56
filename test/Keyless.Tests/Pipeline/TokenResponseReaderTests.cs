using System.Text;
using System.Text.Json;
using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

public sealed class TokenResponseReaderTests
{
    private const string Imds =
        """
        {"access_token":"aaa","refresh_token":"","expires_in":"86399","expires_on":"1792353097","ext_expires_in":"86399",
         "not_before":"1792266397","resource":"https://vault.azure.net","token_type":"Bearer",
         "client_id":"8a1f0c52-63b4-4d19-9c0e-2f5d7b3e6a01"}
        """;

    private static readonly TokenResponse Bearer = new() { AccessToken = "aaa", TokenType = "Bearer" };

    [Fact]
    public void The_metadata_service() => Assert.Equal(
        Bearer with { ExpiresOn = "1792353097", ExpiresIn = "86399", ClientId = Samples.ClientId },
        Read(Imds));

    [Fact]
    public void App_Service() => Assert.Equal(
        Bearer with { ExpiresOn = "1792353097", ClientId = Samples.ClientId },
        Read($$"""{"access_token":"aaa","expires_on":"1792353097","token_type":"Bearer","client_id":"{{Samples.ClientId}}"}"""));

    [Fact]
    public void App_Service_of_2017() => Assert.Equal(
        Bearer with { ExpiresOn = "9/14/2017 12:00:00 PM +00:00" },
        Read("""{"access_token":"aaa","expires_on":"9\/14\/2017 12:00:00 PM +00:00","resource":"x","token_type":"Bearer"}"""));

    [Fact]
    public void Azure_Arc_with_a_user_assigned_identity() => Assert.Equal(
        new TokenResponse { AccessToken = "aaa", ExpiresIn = "3599", ObjectId = Samples.ObjectId, ResourceId = Samples.ResourceId },
        Read($$"""{"access_token":"aaa","expires_in":"3599","object_id":"{{Samples.ObjectId}}","msi_res_id":"{{Samples.ResourceId}}"}"""));

    [Fact]
    public void Cloud_Shell() => Assert.Equal(
        Bearer with { ExpiresIn = "4500", ExpiresOn = "1792353097" },
        Read("""{"access_token":"aaa","refresh_token":"b","expires_in":"4500","expires_on":"1792353097","token_type":"Bearer"}"""));

    [Fact]
    public void Service_Fabric_sends_a_number() => Assert.Equal(
        Bearer with { ExpiresOn = "1792353097" },
        Read("""{"token_type":"Bearer","access_token":"aaa","expires_on":1792353097,"resource":"x"}"""));

    [Fact]
    public void The_proxy_of_Kubernetes_sends_a_number_too() => Assert.Equal(
        new TokenResponse { AccessToken = "aaa", ExpiresIn = "3599", RefreshIn = "1800" },
        Read("""{"access_token":"aaa","expires_in":3599,"refresh_in":1800}"""));

    [Theory]
    [InlineData("mi_res_id")]
    [InlineData("msi_res_id")]
    public void The_resource_id_has_two_names(string name) =>
        Assert.Equal("/x", Read($$"""{"{{name}}":"/x"}""").ResourceId);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("3599.5", "3599.5")]
    [InlineData("1.7923e9", "1.7923e9")]
    [InlineData("1E400", "1E400")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("\"\"", "")]
    [InlineData("\" x \"", " x ")]
    [InlineData("\"\\u0031\\u0032\"", "12")]
    [InlineData("null", null)]
    [InlineData("true", null)]
    [InlineData("[1,2]", null)]
    [InlineData("{\"expires_on\":1}", null)]
    public void A_value_is_its_text_if_it_is_a_string_or_a_number(string json, string? expected) =>
        Assert.Equal(expected, Read($$"""{"expires_on":{{json}},"access_token":"aaa"}""").ExpiresOn);

    [Theory]
    [InlineData("""{"access_token":"old","access_token":"new"}""", "new")]
    [InlineData("""{"access_token":"old","access_token":null}""", null)]
    [InlineData("""{"x":{"access_token":"inner"},"access_token":"outer"}""", "outer")]
    [InlineData("""{"access_token":"outer","x":{"access_token":"inner"}}""", "outer")]
    [InlineData("""{"x":[{"access_token":"inner"}]}""", null)]
    [InlineData("""{"\u0061ccess\u005ftoken":"escaped"}""", "escaped")]
    [InlineData("""{"Access_Token":"x","ACCESS_TOKEN":"x","access-token":"x","accessToken":"x"}""", null)]
    [InlineData("""{"access_token ":"x"}""", null)]
    [InlineData("""{"access_token\u0000":"x"}""", null)]
    [InlineData("""{"access_token":"a\u0000b"}""", "a\0b")]
    [InlineData("{}", null)]
    [InlineData(" \r\n\t{ \"access_token\" : \"x\" , } \r\n ", "x")]
    [InlineData("{\"access_token\":\"x\",}", "x")]
    [InlineData("{/* c */\"access_token\":\"x\"// c\n}", "x")]
    [InlineData("\uFEFF{\"access_token\":\"x\"}", "x")]
    public void The_last_member_of_the_very_name_on_the_first_level_counts(string json, string? expected) =>
        Assert.Equal(expected, Read(json).AccessToken);

    // What is no text is no value, and costs only the member that it stands in.
    [Theory]
    [InlineData("""{"resource":"\ud800","access_token":"x"}""", "x")]
    [InlineData("""{"\ud800":"y","access_token":"x"}""", "x")]
    [InlineData("""{"\udc00access_token":"y","access_token":"x"}""", "x")]
    [InlineData("""{"access_token":"x\ud800"}""", null)]
    [InlineData("""{"access_token":"\udc00\ud800"}""", null)]
    [InlineData("""{"access_token":"\ud83d\udd11"}""", "🔑")]
    public void Half_a_character_is_no_text(string json, string? expected) => Assert.Equal(expected, Read(json).AccessToken);

    [Theory]
    [InlineData("{\"resource\":\"\u00ff\",\"access_token\":\"x\"}", "x")]
    [InlineData("{\"\u00ff\u00c0\":\"y\",\"access_token\":\"x\"}", "x")]
    [InlineData("{\"access_token\":\"x\u00ff\"}", null)]
    public void Bytes_that_are_no_UTF_8_are_no_text(string latin, string? expected) =>
        Assert.Equal(expected, TokenResponseReader.Read(Encoding.Latin1.GetBytes(latin)).AccessToken);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFF\uFEFF{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{\"access_token\":\"x\"}]")]
    [InlineData("\"{}\"")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("{\"access_token\"")]
    [InlineData("{\"access_token\":")]
    [InlineData("{\"access_token\":\"x")]
    [InlineData("{\"access_token\":\"x\"")]
    [InlineData("{\"access_token\":\"x\"}}")]
    [InlineData("{\"access_token\":\"x\"}{\"access_token\":\"y\"}")]
    [InlineData("{\"access_token\":\"x\"} trailing")]
    [InlineData("{\"access_token\":\"x\"}\0")]
    [InlineData("{'access_token':'x'}")]
    [InlineData("{access_token:\"x\"}")]
    [InlineData("{\"access_token\":\"two\nlines\"}")]
    [InlineData("{\"access_token\":\"\\x\"}")]
    [InlineData("{\"access_token\":NaN}")]
    [InlineData("{\"access_token\":01}")]
    [InlineData("{,}")]
    [InlineData("<html></html>")]
    public void What_is_not_one_JSON_object_is_refused(string body) => Assert.ThrowsAny<JsonException>(() => Read(body));

    [Fact]
    public void UTF_16_is_refused()
    {
        Assert.ThrowsAny<JsonException>(() => TokenResponseReader.Read(Encoding.Unicode.GetBytes(Imds)));
        Assert.ThrowsAny<JsonException>(() => TokenResponseReader.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Imds)]));
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Equal("x", Read($$"""{"a":{{new string('[', 60)}}{{new string(']', 60)}},"access_token":"x"}""").AccessToken);
        Assert.ThrowsAny<JsonException>(
            () => Read($$"""{"a":{{new string('[', 20_000)}}{{new string(']', 20_000)}},"access_token":"x"}"""));
    }

    [Fact]
    public void Every_beginning_of_an_answer_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(Imds.TrimEnd());
        for (var length = 0; length < body.Length; length++)
            Assert.ThrowsAny<JsonException>(() => TokenResponseReader.Read(body.AsSpan(0, length)));
    }

    [Fact]
    public void A_response_does_not_print_its_token() =>
        Assert.DoesNotContain("aaa", Read(Imds).ToString(), StringComparison.Ordinal);

    private static TokenResponse Read(string body) => TokenResponseReader.Read(Encoding.UTF8.GetBytes(body));
}
