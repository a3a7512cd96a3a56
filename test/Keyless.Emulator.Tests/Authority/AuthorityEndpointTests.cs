using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Keyless.Emulator.Keys;
using Keyless.Emulator.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace Keyless.Emulator.Tests.Authority;

public sealed class AuthorityEndpointTests(RunningEmulator running)
{
    private Uri Authority => running.Emulator.Authority;

    [Fact]
    public async Task the_v1_document_names_the_issuer_of_the_tokens()
    {
        var document = await HostCalls.GetAsync(new Uri(Authority, ".well-known/openid-configuration"));

        Assert.Equal(HttpStatusCode.OK, document.Status);
        Assert.Equal(Authority.AbsoluteUri, document.String("issuer"));
        Assert.EndsWith($"/{running.Emulator.TenantId}/", document.String("issuer"), StringComparison.Ordinal);
        Assert.StartsWith(Authority.AbsoluteUri, document.String("jwks_uri"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_v2_document_names_the_v2_issuer_and_the_same_keys()
    {
        var v1 = await HostCalls.GetAsync(new Uri(Authority, ".well-known/openid-configuration"));
        var v2 = await HostCalls.GetAsync(new Uri(Authority, "v2.0/.well-known/openid-configuration"));

        Assert.Equal($"{Authority}v2.0", v2.String("issuer"));
        Assert.Equal(
            (await HostCalls.GetAsync(new Uri(v1.String("jwks_uri")))).Text,
            (await HostCalls.GetAsync(new Uri(v2.String("jwks_uri")))).Text);
    }

    [Fact]
    public async Task the_published_key_has_public_members_only()
    {
        var key = Assert.Single((await HostCalls.GetAsync(new Uri(Authority, "discovery/keys"))).Json.GetProperty("keys").EnumerateArray());

        AssertIsPublic(key);
        Assert.StartsWith("keyless-emulator-", key.GetProperty("kid").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void a_key_is_public_only_before_and_after_it_has_signed()
    {
        using var key = SigningKey.Create();

        AssertIsPublic(Published(key));
        key.Sign([1, 2, 3]);
        AssertIsPublic(Published(key));
    }

    [Fact]
    public void the_certificate_of_the_key_holds_the_key_and_has_its_thumbprint()
    {
        using var key = SigningKey.Create();
        var published = Published(key);

        using var certificate = X509CertificateLoader.LoadCertificate(published.GetProperty("x5c")[0].GetBytesFromBase64());

        using var rsa = certificate.GetRSAPublicKey();
        Assert.Equal(published.GetProperty("n").GetString(), WebEncoders.Base64UrlEncode(rsa!.ExportParameters(false).Modulus!));
        Assert.Equal(published.GetProperty("x5t").GetString(), WebEncoders.Base64UrlEncode(Convert.FromHexString(certificate.Thumbprint)));
        Assert.False(certificate.HasPrivateKey);
        Assert.Equal(2048, rsa.KeySize);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/00000000-0000-0000-0000-000000000001")]
    [InlineData("/00000000-0000-0000-0000-000000000001/discovery")]
    public async Task nothing_is_served_outside_the_tenant(string path)
    {
        var answer = await HostCalls.GetAsync(new Uri(Authority, path));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("not_found", answer.String("error"));
    }

    [Theory]
    [InlineData("/00000000-0000-0000-0000-000000000001/.well-known/openid-configuration")]
    [InlineData("/00000000-0000-0000-0000-000000000001/v2.0/.well-known/openid-configuration")]
    [InlineData("/00000000-0000-0000-0000-000000000001/discovery/keys")]
    [InlineData("/nobody.example/discovery/v2.0/keys")]
    public async Task a_tenant_that_there_is_not_has_no_documents(string path)
    {
        var answer = await HostCalls.GetAsync(new Uri(Authority, path));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.StartsWith("AADSTS90002: ", answer.String("error_description"), StringComparison.Ordinal);
    }

    private static JsonElement Published(SigningKey key)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            key.WritePublicKey(json);
        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    private static void AssertIsPublic(JsonElement key) =>
        Assert.Equal(["kty", "use", "alg", "kid", "x5t", "n", "e", "x5c"], key.EnumerateObject().Select(member => member.Name));
}
