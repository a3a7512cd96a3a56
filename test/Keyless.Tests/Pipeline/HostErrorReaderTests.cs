using System.Text;
using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

/// <summary>The shapes of error bodies, by the letters that the reference gives them.</summary>
public sealed class HostErrorReaderTests
{
    [Theory]

    // A: flat.
    [InlineData("""{"error":"c","error_description":"m"}""", "c", "m", null)]
    [InlineData("""{"error":"c","error_description":"m","error_codes":[50001],"timestamp":"t","trace_id":"t","correlation_id":"i","error_uri":"u"}""", "c", "m", "i")]
    [InlineData("""{"error_description":"m","error":"c"}""", "c", "m", null)]
    [InlineData("""{"error":"c"}""", "c", null, null)]
    [InlineData("""{"error_description":"m"}""", null, "m", null)]

    // B and E: with a message of its own.
    [InlineData("""{"statusCode":500,"message":"m","correlationId":"i"}""", null, "m", "i")]
    [InlineData("""{"StatusCode":400,"Message":"m","CorrelationId":"i"}""", null, "m", "i")]
    [InlineData("""{"message":"m"}""", null, "m", null)]
    [InlineData("""{"message":"m","correlationId":"i"}""", null, "m", "i")]
    [InlineData("""{"code":"c","message":"m"}""", "c", "m", null)]

    // C and D: nested.
    [InlineData("""{"error":{"code":"c","message":"m"}}""", "c", "m", null)]
    [InlineData("""{"error":{"correlationId":"i","code":"c","message":"m"}}""", "c", "m", "i")]
    [InlineData("""{"error":{"code":"c","message":"m","innererror":{"code":"x","message":"y"}}}""", "c", "m", null)]
    [InlineData("""{"error":{"code":"c"},"message":"m","correlationId":"i"}""", "c", "m", "i")]
    [InlineData("""{"correlationId":"i","error":{"code":"c","message":"m"}}""", "c", "m", "i")]

    // Both kinds of text.
    [InlineData("""{"error":"c","message":"m","error_description":"d"}""", "c", "m d", null)]
    [InlineData("""{"error":"c","message":"","error_description":"d"}""", "c", "d", null)]
    [InlineData("""{"error":"c","message":"m","error_description":""}""", "c", "m", null)]

    // Numbers in place of strings.
    [InlineData("""{"error":400,"error_description":12,"correlation_id":7}""", "400", "12", "7")]
    [InlineData("""{"error":{"code":404,"message":"m"}}""", "404", "m", null)]

    // The last of several counts.
    [InlineData("""{"error":"a","error":"b"}""", "b", null, null)]
    [InlineData("""{"\u0065rror":"c"}""", "c", null, null)]
    [InlineData("\uFEFF {\"error\":\"c\",} ", "c", null, null)]

    // What is no text costs its own member only.
    [InlineData("""{"error":"c","error_description":"\ud800"}""", "c", null, null)]
    [InlineData("""{"error":"c","\udfff":"x","error_description":"m"}""", "c", "m", null)]
    [InlineData("""{"error":{"code":"c","message":"\udc00\ud800"}}""", "c", null, null)]
    public void A_known_shape_is_read(string body, string? code, string? message, string? correlationId) =>
        Assert.Equal(new HostError(code, message, correlationId), Read(body));

    // F, G and H.
    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("Service Unavailable")]
    [InlineData("<html><body>error</body></html>")]
    [InlineData("{}")]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":[]}""")]
    [InlineData("""{"error":["a"]}""")]
    [InlineData("""{"error":true}""")]
    [InlineData("""{"error":{"code":"","message":""}}""")]
    [InlineData("""{"error":{"code":{"x":1},"message":[1]}}""")]
    [InlineData("""{"errors":[{"code":"c"}]}""")]
    [InlineData("""{"detail":"m","title":"t"}""")]
    [InlineData("""{"statusCode":500}""")]
    [InlineData("[]")]
    [InlineData("""["error"]""")]
    [InlineData("\"error\"")]
    [InlineData("null")]
    [InlineData("""{"error":"c","error_descr""")]
    [InlineData("""{"error":"c" "error_description":"m"}""")]
    [InlineData("""{"error":{"code":"c"}""")]
    [InlineData("{{ not json }}")]
    public void Anything_else_is_no_error_of_a_host(string body) => Assert.True(Read(body).IsEmpty);

    [Fact]
    public void UTF_16_deep_nesting_and_broken_bytes_are_no_error_of_a_host()
    {
        Assert.True(HostErrorReader.Read(Encoding.Unicode.GetBytes("""{"error":"c"}""")).IsEmpty);
        Assert.True(Read($$"""{"error":"c","x":{{new string('[', 1000)}}{{new string(']', 1000)}}}""").IsEmpty);
        Assert.Equal(
            new HostError("c", null, null),
            HostErrorReader.Read(Encoding.Latin1.GetBytes("{\"error\":\"c\",\"message\":\"\u00ff\"}")));
    }

    [Theory]
    [InlineData("c", null, false)]
    [InlineData(null, "m", false)]
    [InlineData("", "", true)]
    [InlineData(null, null, true)]
    public void An_error_without_code_and_message_is_empty(string? code, string? message, bool expected) =>
        Assert.Equal(expected, new HostError(code, message, "i").IsEmpty);

    [Theory]
    [InlineData("identity NOT found", true)]
    [InlineData("ManagedIdentityNotFound", true)]
    [InlineData("something else", false)]
    public void What_it_says_is_looked_for_in_code_and_message_ignoring_case(string words, bool expected) =>
        Assert.Equal(expected, new HostError("ManagedIdentityNotFound", "Identity not found.", null).Says(words));

    private static HostError Read(string body) => HostErrorReader.Read(Encoding.UTF8.GetBytes(body));
}
