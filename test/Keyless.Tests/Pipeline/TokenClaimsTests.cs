using Keyless.Pipeline;

namespace Keyless.Tests.Pipeline;

public sealed class TokenClaimsTests
{
    [Theory]
    [InlineData("""{"appid":"c","oid":"o","xms_mirid":"r"}""", "c", "o", "r")]
    [InlineData("""{"azp":"c","oid":"o"}""", "c", "o", null)]
    [InlineData("""{"azp":"later","appid":"c"}""", "c", null, null)]
    [InlineData("""{"appid":"c","azp":"later"}""", "c", null, null)]
    [InlineData("""{"appid":null,"azp":"c"}""", "c", null, null)]
    [InlineData("""{"aud":["a","b"],"x":{"oid":"inner"},"oid":"o"}""", null, "o", null)]
    [InlineData("""{"x":{"oid":"inner"}}""", null, null, null)]
    [InlineData("""{"oid":["o"]}""", null, null, null)]
    [InlineData("""{"oid":"\ud800","appid":"c"}""", "c", null, null)]
    [InlineData("""{"APPID":"c"}""", null, null, null)]
    [InlineData("""{"name":"schön 🔑 <>?~","oid":"o"}""", null, "o", null)]
    [InlineData("{}", null, null, null)]
    public void Claims_are_read_where_there_are_any(string payload, string? clientId, string? objectId, string? resourceId) =>
        Assert.Equal((clientId, objectId, resourceId), Read(Jwts.WithPayload(payload)));

    [Theory]
    [InlineData("/a/USERassigned/b", "/a/USERassigned/b")]
    [InlineData("\\/a\\/userAssigned\\/b", "/a/userAssigned/b")]
    [InlineData("/a/virtualMachines/b", null)]
    [InlineData("", null)]
    [InlineData("/userAssigned\\ud800", null)]
    public void A_claim_can_be_asked_for_if_it_holds_a_text(string claim, string? expected)
    {
        var longer = new string('x', 600);

        Assert.Equal(expected, new TokenClaims(Jwts.WithPayload($$"""{"xms_mirid":"{{claim}}"}""")).ResourceIdWith("/userAssigned"));
        Assert.Equal(
            expected is null ? null : longer + expected,
            new TokenClaims(Jwts.WithPayload($$"""{"xms_mirid":"{{longer}}{{claim}}"}""")).ResourceIdWith("/userAssigned"));
        Assert.Null(new TokenClaims(Jwts.WithPayload("""{"xms_mirid":17}""")).ResourceIdWith("/userAssigned"));
    }

    // Every remainder of a base64 length, with and without the final signs that base64url leaves out.
    [Fact]
    public void The_length_of_the_payload_does_not_matter()
    {
        for (var length = 0; length < 20; length++)
        {
            var payload = $$"""{"oid":"{{new string('o', length)}}"}""";

            Assert.Equal(new string('o', length), new TokenClaims(Jwts.WithPayload(payload)).ObjectId);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("opaque")]
    [InlineData("a.b")]
    [InlineData("a.!.c")]
    [InlineData("a.b c.d")]
    [InlineData("a.e30=x.d")]
    [InlineData("a.A.c")]
    [InlineData("a.AAAAA.c")]
    [InlineData("a..c")]
    public void Anything_else_is_no_token_with_claims(string token) => Assert.Equal(default, Read(token));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"oid\"")]
    [InlineData("{")]
    [InlineData("{\"oid\":\"o\"")]
    [InlineData("\uFEFF{\"oid\":\"o\"}")]
    [InlineData("not json")]
    public void A_payload_that_is_no_object_claims_nothing(string payload) =>
        Assert.Equal(default, Read(Jwts.WithPayload(payload)));

    [Fact]
    public void Deep_and_long_payloads_claim_nothing_and_break_nothing()
    {
        Assert.Equal(default, Read(Jwts.WithPayload(new string('[', 50_000))));
        Assert.Equal("o", new TokenClaims(Jwts.WithPayload($$"""{"x":"{{new string('x', 50_000)}}","oid":"o"}""")).ObjectId);
    }

    [Fact]
    public void An_encrypted_token_claims_nothing() =>
        Assert.Equal(default, Read($"{Jwts.Encode("""{"enc":"A256GCM"}""")}.bm90IGNsYWltcw.aXY.Y2lwaGVy.dGFn"));

    private static (string? ClientId, string? ObjectId, string? ResourceId) Read(string token)
    {
        var claims = new TokenClaims(token);
        return (claims.ClientId, claims.ObjectId, claims.ResourceId);
    }
}
