using System.Globalization;
using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class ImdsEndpointTests(RunningEmulator running)
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private EmulatedHost Host => running[SourceKind.Imds];

    [Fact]
    public async Task a_success_has_every_member_as_a_string_and_expires_in_before_expires_on()
    {
        var answer = await Host.GetAsync(Ask, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        Assert.Equal(
            [
                "access_token", "client_id", "expires_in", "expires_on", "ext_expires_in", "not_before", "refresh_token", "resource",
                "token_type",
            ],
            answer.Members);
        Assert.All(answer.Members, name => answer.String(name));
        Assert.Equal("Bearer", answer.String("token_type"));
        Assert.Equal(HostCalls.Vault, answer.String("resource"));
        Assert.Equal(Host.AssignedIdentities[0].ClientId.ToString(), answer.String("client_id"));
    }

    [Fact]
    public async Task the_times_of_a_success_are_those_of_the_token()
    {
        var answer = await Host.GetAsync(Ask + "/times", HostCalls.Metadata);

        var token = new DecodedToken(answer.Token);
        Assert.Equal(token.Claims.GetProperty("exp").GetInt64(), long.Parse(answer.String("expires_on"), CultureInfo.InvariantCulture));
        Assert.Equal(token.Claims.GetProperty("nbf").GetInt64(), long.Parse(answer.String("not_before"), CultureInfo.InvariantCulture));
        Assert.InRange(long.Parse(answer.String("expires_in"), CultureInfo.InvariantCulture), 86_300, 86_400);
    }

    [Fact]
    public async Task every_answer_names_the_service_and_the_request()
    {
        var success = await Host.GetAsync(Ask, HostCalls.Metadata);
        var error = await Host.GetAsync(Ask);

        foreach (var answer in new[] { success, error })
        {
            Assert.StartsWith("IMDS/", answer.Header("Server"), StringComparison.Ordinal);
            Assert.True(Guid.TryParse(answer.Header("x-ms-request-id"), out _));
        }

        Assert.NotEqual(success.Header("x-ms-request-id"), error.Header("x-ms-request-id"));
    }

    [Theory]
    [InlineData("api-version=2018-02-01", "resource")]
    [InlineData("api-version=2018-02-01&resource=", "resource")]
    [InlineData("resource=https://vault.azure.net", "api-version")]
    [InlineData("api-version=2017-12-31&resource=https://vault.azure.net", "2017-12-31")]
    [InlineData("api-version=latest&resource=https://vault.azure.net", "latest")]
    [InlineData(Ask + "&client_id=00000000-0000-0000-0000-000000000001", "Identity not found")]
    [InlineData(Ask + "&client_id=no-guid", "Identity not found")]
    [InlineData(Ask + "&object_id=00000000-0000-0000-0000-000000000001", "Identity not found")]
    [InlineData(Ask + "&msi_res_id=/subscriptions/x", "Identity not found")]
    [InlineData(Ask + "&client_id=a&object_id=b", "More than one")]
    [InlineData(Ask + "&msi_res_id=a&mi_res_id=a", "More than one")]
    [InlineData(Ask + "&client_id=a&client_id=a", "More than one")]
    public async Task a_request_at_fault_is_refused_with_a_flat_error(string query, string mentioned)
    {
        var answer = await Host.GetAsync(query, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["error", "error_description"], answer.Members);
        Assert.Equal("invalid_request", answer.String("error"));
        Assert.Contains(mentioned, answer.String("error_description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    [InlineData("")]
    public async Task without_the_metadata_header_it_says_that_it_is_here_and_no_more(string? value)
    {
        var answer = value is null ? await Host.GetAsync(Ask) : await Host.GetAsync(Ask, ("Metadata", value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.String("error"));
        Assert.Equal("Required metadata header not specified", answer.String("error_description"));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("True")]
    [InlineData("TRUE")]
    public async Task the_metadata_header_is_taken_in_any_case(string value)
    {
        var answer = await Host.GetAsync(Ask, ("metadata", value));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task a_forwarded_request_is_refused()
    {
        var answer = await Host.GetAsync(Ask, HostCalls.Metadata, ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.String("error"));
        Assert.Contains("X-Forwarded-For", answer.String("error_description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource=https%3A%2F%2Fvault.azure.net")]
    [InlineData("resource=https://vault.azure.net&xms_cc=cp1&anything=else")]
    [InlineData("resource=https://vault.azure.net&client_id=&object_id=")]
    public async Task encoded_values_unknown_parameters_and_empty_selectors_do_no_harm(string query)
    {
        var answer = await Host.GetAsync($"{query}&api-version=2019-08-01", HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(HostCalls.Vault, answer.String("resource"));
        Assert.Equal(Host.AssignedIdentities[0].ClientId.ToString(), answer.String("client_id"));
    }

    [Theory]
    [InlineData("//metadata/identity/oauth2/token")]
    [InlineData("/Metadata/Identity/OAuth2/Token")]
    [InlineData("/metadata//identity/oauth2/token/")]
    public async Task the_path_is_taken_in_any_case_and_with_extra_slashes(string path)
    {
        var answer = await Host.GetAsync(new Uri($"{Host.Endpoint.GetLeftPart(UriPartial.Authority)}{path}?{Ask}"), HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task each_way_to_name_an_identity_leads_to_its_token()
    {
        var orders = running.Orders;
        string[] selectors =
        [
            $"client_id={orders.ClientId}",
            $"client_id={orders.ClientId.ToString().ToUpperInvariant()}",
            $"object_id={orders.ObjectId}",
            $"msi_res_id={orders.ResourceId}",
            $"mi_res_id={orders.ResourceId.ToUpperInvariant()}",
            $"msi_res_id={Uri.EscapeDataString(orders.ResourceId)}",
            $"client_id=&object_id={orders.ObjectId}",
        ];

        foreach (var selector in selectors)
        {
            var answer = await Host.GetAsync($"{Ask}&{selector}", HostCalls.Metadata);

            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(orders.ClientId.ToString(), answer.String("client_id"));
            Assert.Equal(orders.ObjectId.ToString(), new DecodedToken(answer.Token).String("oid"));
        }
    }

    [Fact]
    public async Task the_system_assigned_identity_can_be_named_as_well()
    {
        var answer = await Host.GetAsync($"{Ask}&client_id={Host.AssignedIdentities[0].ClientId}", HostCalls.Metadata);

        Assert.Equal(Host.AssignedIdentities[0].ObjectId.ToString(), new DecodedToken(answer.Token).String("oid"));
    }

    [Theory]
    [InlineData("just-words", 50001)]
    [InlineData("/subscriptions/x", 50001)]
    [InlineData("https://with%20space/", 50001)]
    [InlineData("https://vault.azure.net/.default", 500011)]
    public async Task a_malformed_resource_is_refused_as_entra_does(string resource, int code)
    {
        var answer = await Host.GetAsync($"api-version=2018-02-01&resource={resource}", HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id", "error_uri"],
            answer.Members);
        Assert.Equal("invalid_resource", answer.String("error"));
        Assert.StartsWith($"AADSTS{code}: ", answer.String("error_description"), StringComparison.Ordinal);
        Assert.Equal(code, Assert.Single(answer.Json.GetProperty("error_codes").EnumerateArray()).GetInt32());
        Assert.True(Guid.TryParse(answer.String("trace_id"), out _));
    }

    [Theory]
    [InlineData("/metadata/identity/getplatformmetadata?cred-api-version=2.0")]
    [InlineData("/metadata/identity/issuecredential?cred-api-version=2.0")]
    public async Task the_second_version_is_not_there_with_or_without_the_metadata_header(string path)
    {
        var address = new Uri(Host.Endpoint, path);

        foreach (var answer in new[] { await Host.GetAsync(address), await Host.GetAsync(address, HostCalls.Metadata) })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal(["error", "error_description"], answer.Members);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/metadata/identity/oauth2")]
    [InlineData("/metadata/identity/oauth2/token/more")]
    public async Task an_unexpected_path_is_an_unknown_source(string path)
    {
        var answer = await Host.GetAsync(new Uri(Host.Endpoint, path), HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("unknown_source", answer.String("error"));
    }

    [Fact]
    public async Task another_method_is_refused()
    {
        var answer = await HostCalls.SendAsync(HttpMethod.Post, new Uri($"{Host.Endpoint}?{Ask}"), content: null, HostCalls.Metadata);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("method_not_allowed", answer.String("error"));
    }

    [Fact]
    public void its_process_sees_the_base_address_and_nothing_else()
    {
        var variable = Assert.Single(Host.Variables);

        Assert.Equal("AZURE_POD_IDENTITY_AUTHORITY_HOST", variable.Key);
        Assert.Equal(Host.Endpoint.GetLeftPart(UriPartial.Authority), variable.Value);
    }
}
