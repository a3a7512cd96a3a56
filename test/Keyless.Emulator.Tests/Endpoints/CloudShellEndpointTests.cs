using System.Net;
using System.Text;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class CloudShellEndpointTests(RunningEmulator running)
{
    private EmulatedHost Host => running[SourceKind.CloudShell];

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "resource=https://vault.azure.net")]
    [InlineData("application/x-www-form-urlencoded", "resource=https%3A%2F%2Fvault.azure.net")]
    [InlineData("text/plain", "resource=https://vault.azure.net")]
    public async Task a_posted_form_is_answered_whatever_its_content_type(string contentType, string body)
    {
        var answer = await PostAsync(body, contentType, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            ["access_token", "expires_in", "expires_on", "not_before", "refresh_token", "resource", "scope", "token_type"],
            answer.Members);
        Assert.All(answer.Members, name => answer.String(name));
        Assert.Equal(HostCalls.Vault, answer.String("resource"));
    }

    [Fact]
    public async Task a_header_that_is_literally_named_ContentType_does_no_harm()
    {
        var answer = await PostAsync(
            "resource=https://vault.azure.net",
            "application/x-www-form-urlencoded",
            HostCalls.Metadata,
            ("ContentType", "application/x-www-form-urlencoded"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task a_body_of_unknown_length_is_read()
    {
        using var content = new StreamContent(new UnseekableStream("resource=https://vault.azure.net"));

        var answer = await HostCalls.SendAsync(HttpMethod.Post, Host.Endpoint, content, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task a_get_is_answered_as_well()
    {
        var answer = await Host.GetAsync("resource=https://vault.azure.net", HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("", "BadRequest")]
    [InlineData("resource=", "BadRequest")]
    [InlineData("resource=words", "AudienceNotSupported")]
    [InlineData("resource=https://vault.azure.net&client_id=x", "BadRequest")]
    [InlineData("resource=https://vault.azure.net&object_id=x", "BadRequest")]
    [InlineData("resource=https://vault.azure.net&mi_res_id=x", "BadRequest")]
    public async Task a_request_at_fault_is_refused_with_a_nested_error(string body, string code)
    {
        var answer = await PostAsync(body, "application/x-www-form-urlencoded", HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        AssertIsError(answer, code);
    }

    [Fact]
    public async Task without_the_metadata_header_there_is_no_token()
    {
        var answer = await PostAsync("resource=https://vault.azure.net", "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        AssertIsError(answer, "BadRequest");
    }

    [Fact]
    public async Task an_unexpected_path_or_method_is_answered_in_the_platforms_shape()
    {
        var lost = await Host.GetAsync(new Uri(Host.Endpoint, "/elsewhere"), HostCalls.Metadata);
        var put = await HostCalls.SendAsync(HttpMethod.Put, Host.Endpoint, content: null, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.NotFound, lost.Status);
        AssertIsError(lost, "NotFound");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.Status);
        AssertIsError(put, "MethodNotAllowed");
    }

    [Fact]
    public void its_process_sees_the_endpoint_alone_and_no_identity_is_assigned()
    {
        Assert.Equal("MSI_ENDPOINT", Assert.Single(Host.Variables).Key);
        Assert.Empty(Host.AssignedIdentities);
    }

    private static void AssertIsError(Answer answer, string code)
    {
        Assert.Equal(["error"], answer.Members);
        Assert.Equal(["code", "message"], answer.Json.GetProperty("error").EnumerateObject().Select(member => member.Name));
        Assert.Equal(code, answer.String("error.code"));
        Assert.NotEmpty(answer.String("error.message"));
    }

    private Task<Answer> PostAsync(string body, string contentType, params (string Name, string Value)[] headers) =>
        HostCalls.SendAsync(HttpMethod.Post, Host.Endpoint, new StringContent(body, Encoding.UTF8, contentType), headers);

    private sealed class UnseekableStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
