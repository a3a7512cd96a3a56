using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class ServiceFabricEndpointTests(RunningEmulator running)
{
    private const string Ask = "api-version=2020-05-01&resource=https://vault.azure.net";

    private EmulatedHost Host => running[SourceKind.ServiceFabric];

    private (string Name, string Value) Secret => HostCalls.SecretOf(Host);

    [Theory]
    [InlineData("2020-05-01")]
    [InlineData("2019-07-01-preview")]
    public async Task a_success_has_the_expiry_as_a_number(string version)
    {
        var answer = await Host.GetAsync($"api-version={version}&resource=https://vault.azure.net", Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["token_type", "access_token", "expires_on", "resource"], answer.Members);
        Assert.Equal(JsonValueKind.Number, answer.Json.GetProperty("expires_on").ValueKind);
        Assert.Equal(
            new DecodedToken(answer.Token).Claims.GetProperty("exp").GetInt64(),
            answer.Json.GetProperty("expires_on").GetInt64());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.BadRequest, "SecretHeaderNotFound")]
    [InlineData("", HttpStatusCode.BadRequest, "SecretHeaderNotFound")]
    [InlineData("wrong", HttpStatusCode.NotFound, "ManagedIdentityNotFound")]
    public async Task without_the_right_secret_there_is_no_token(string? value, HttpStatusCode status, string code)
    {
        var answer = value is null ? await Host.GetAsync(Ask) : await Host.GetAsync(Ask, ("secret", value));

        Assert.Equal(status, answer.Status);
        AssertIsError(answer, code);
    }

    [Theory]
    [InlineData("resource=https://vault.azure.net", HttpStatusCode.BadRequest, "InvalidApiVersion")]
    [InlineData("api-version=2019-08-01&resource=https://vault.azure.net", HttpStatusCode.BadRequest, "InvalidApiVersion")]
    [InlineData("api-version=2020-05-01", HttpStatusCode.BadRequest, "ArgumentNullOrEmpty")]
    [InlineData("api-version=2020-05-01&resource=words", HttpStatusCode.BadRequest, "InvalidResource")]
    [InlineData(Ask + "&principalId=00000000-0000-0000-0000-000000000001", HttpStatusCode.NotFound, "ManagedIdentityNotFound")]
    [InlineData(Ask + "&principalId=a&principalId=b", HttpStatusCode.BadRequest, "InvalidArgument")]
    public async Task a_request_at_fault_is_refused_in_the_platforms_shape(string query, HttpStatusCode status, string code)
    {
        var answer = await Host.GetAsync(query, Secret);

        Assert.Equal(status, answer.Status);
        AssertIsError(answer, code);
    }

    [Fact]
    public async Task an_identity_is_chosen_by_principalId_and_other_selectors_are_ignored()
    {
        var chosen = await Host.GetAsync($"{Ask}&principalId={running.Orders.ObjectId}", Secret);
        var ignored = await Host.GetAsync($"{Ask}&client_id={running.Orders.ClientId}", Secret);

        Assert.Equal(running.Orders.ObjectId.ToString(), new DecodedToken(chosen.Token).String("oid"));
        Assert.Equal(Host.AssignedIdentities[0].ObjectId.ToString(), new DecodedToken(ignored.Token).String("oid"));
    }

    [Fact]
    public async Task capabilities_are_split_at_commas_and_end_up_in_the_token()
    {
        var plain = new DecodedToken((await Host.GetAsync(Ask, Secret)).Token);
        var capable = new DecodedToken((await Host.GetAsync($"{Ask}&xms_cc=cp1%2Ccp2", Secret)).Token);

        Assert.False(plain.Claims.TryGetProperty("xms_cc", out _));
        Assert.Equal(["cp1", "cp2"], capable.Claims.GetProperty("xms_cc").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task a_token_that_was_refused_is_not_handed_out_again()
    {
        const string Own = "api-version=2020-05-01&resource=https://refused.example";
        var first = (await Host.GetAsync(Own, Secret)).Token;
        var kept = (await Host.GetAsync(Own, Secret)).Token;

        var renewed = (await Host.GetAsync($"{Own}&token_sha256_to_refresh={HashOf(first)}", Secret)).Token;
        var afterwards = (await Host.GetAsync(Own, Secret)).Token;

        Assert.Equal(first, kept);
        Assert.NotEqual(first, renewed);
        Assert.Equal(renewed, afterwards);
    }

    [Fact]
    public async Task the_hash_of_an_older_token_gets_the_current_one()
    {
        const string Own = "api-version=2020-05-01&resource=https://older.example";
        var older = (await Host.GetAsync(Own, Secret)).Token;
        var current = (await Host.GetAsync($"{Own}&token_sha256_to_refresh={HashOf(older)}", Secret)).Token;

        var again = (await Host.GetAsync($"{Own}&token_sha256_to_refresh={HashOf(older)}", Secret)).Token;

        Assert.Equal(current, again);
    }

    [Fact]
    public async Task a_refused_token_is_gone_also_for_those_who_declare_other_capabilities()
    {
        const string Own = "api-version=2020-05-01&resource=https://capable.example";
        var refused = (await Host.GetAsync(Own, Secret)).Token;

        await Host.GetAsync($"{Own}&xms_cc=cp1&token_sha256_to_refresh={HashOf(refused)}", Secret);

        Assert.NotEqual(refused, (await Host.GetAsync(Own, Secret)).Token);
    }

    [Fact]
    public async Task the_certificate_is_the_one_of_the_thumbprint()
    {
        using var certificate = await CertificateAsync();

        var thumbprint = Host.Variables["IDENTITY_SERVER_THUMBPRINT"];
        Assert.Matches("^[0-9A-F]{40}$", thumbprint);
        Assert.Equal(certificate.Thumbprint, thumbprint);
        Assert.True(certificate.MatchesHostname("localhost"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.Equal(certificate.Issuer, certificate.Subject);
    }

    [Fact]
    public async Task plain_http_is_not_spoken()
    {
        var plain = new UriBuilder(Host.Endpoint) { Scheme = "http" }.Uri;

        await Assert.ThrowsAsync<HttpRequestException>(() => HostCalls.GetAsync(plain, Secret));
    }

    [Fact]
    public void its_process_sees_endpoint_secret_thumbprint_and_version()
    {
        Assert.Equal(
            ["IDENTITY_API_VERSION", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT"],
            Host.Variables.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("https://", Host.Variables["IDENTITY_ENDPOINT"], StringComparison.Ordinal);
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static void AssertIsError(Answer answer, string code)
    {
        var members = answer.Json.GetProperty("error").EnumerateObject().Select(member => member.Name);
        Assert.Equal(["correlationId", "code", "message"], members);
        Assert.Equal(code, answer.String("error.code"));
        Assert.NotEmpty(answer.String("error.message"));
    }

    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "The certificate is what is looked at.")]
    private async Task<X509Certificate2> CertificateAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Host.Endpoint.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost" };
        await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }
}
