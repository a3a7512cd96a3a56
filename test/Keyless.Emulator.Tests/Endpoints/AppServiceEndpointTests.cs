using System.Globalization;
using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class AppServiceEndpointTests(RunningEmulator running)
{
    private const string Ask = "api-version=2019-08-01&resource=https://vault.azure.net";
    private const string OldAsk = "api-version=2017-09-01&resource=https://vault.azure.net";

    private EmulatedHost Host => running[SourceKind.AppService];

    private (string Name, string Value) Secret => HostCalls.SecretOf(Host);

    private (string Name, string Value) OldSecret => ("secret", Host.Variables["MSI_SECRET"]);

    [Fact]
    public async Task a_success_has_an_epoch_string_and_no_relative_expiry()
    {
        var answer = await Host.GetAsync(Ask, Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["access_token", "client_id", "expires_on", "not_before", "resource", "token_type"], answer.Members);
        Assert.All(answer.Members, name => answer.String(name));
        var token = new DecodedToken(answer.Token);
        Assert.Equal(token.Claims.GetProperty("exp").GetInt64(), long.Parse(answer.String("expires_on"), CultureInfo.InvariantCulture));
        Assert.Equal(Host.AssignedIdentities[0].ClientId.ToString(), answer.String("client_id"));
    }

    [Fact]
    public async Task the_protocol_of_2017_writes_the_expiry_as_a_date()
    {
        var answer = await Host.GetAsync(OldAsk, OldSecret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Matches(@"^\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}:\d{2} \+00:00$", answer.String("expires_on"));
        var expiry = DateTimeOffset.ParseExact(answer.String("expires_on"), "M/d/yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);
        Assert.Equal(new DecodedToken(answer.Token).Time("exp"), expiry);
    }

    [Theory]
    [InlineData(Ask, "X-IDENTITY-HEADER", null)]
    [InlineData(Ask, "X-IDENTITY-HEADER", "")]
    [InlineData(Ask, "X-IDENTITY-HEADER", "wrong")]
    [InlineData(OldAsk, "secret", null)]
    [InlineData(OldAsk, "secret", "wrong")]
    public async Task without_the_right_secret_there_is_no_token(string query, string header, string? value)
    {
        var answer = value is null ? await Host.GetAsync(query) : await Host.GetAsync(query, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        AssertIsError(answer, header);
    }

    [Fact]
    public async Task a_secret_is_not_taken_from_the_other_versions_header()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Host.GetAsync(Ask, OldSecret)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Host.GetAsync(OldAsk, Secret)).Status);
    }

    [Fact]
    public async Task a_secret_that_is_only_begun_or_lengthened_is_wrong()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await Host.GetAsync(Ask, (Secret.Name, Secret.Value[..^1]))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Host.GetAsync(Ask, (Secret.Name, Secret.Value + "0"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Host.GetAsync(Ask, Secret, Secret)).Status);
    }

    [Theory]
    [InlineData("resource=https://vault.azure.net", "api-version")]
    [InlineData("api-version=2018-02-01&resource=https://vault.azure.net", "2018-02-01")]
    [InlineData("api-version=2019-08-01", "resource")]
    [InlineData("api-version=2019-08-01&resource=words", "AADSTS50001")]
    [InlineData(Ask + "&client_id=00000000-0000-0000-0000-000000000001", "Identity not found")]
    [InlineData(Ask + "&client_id=a&object_id=b", "More than one")]
    [InlineData(Ask + "&object_id=a&principal_id=a", "More than one")]
    [InlineData(Ask + "&mi_res_id=a&principal_id=a", "More than one")]
    public async Task a_request_at_fault_is_refused_in_the_platforms_shape(string query, string mentioned)
    {
        var answer = await Host.GetAsync(query, Secret);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        AssertIsError(answer, mentioned);
    }

    [Fact]
    public async Task each_way_to_name_an_identity_leads_to_its_token()
    {
        var orders = running.Orders;
        string[] selectors =
        [
            $"client_id={orders.ClientId}",
            $"object_id={orders.ObjectId}",
            $"principal_id={orders.ObjectId}",
            $"mi_res_id={orders.ResourceId.ToUpperInvariant()}",
        ];

        foreach (var selector in selectors)
            Assert.Equal(orders.ClientId.ToString(), (await Host.GetAsync($"{Ask}&{selector}", Secret)).String("client_id"));
    }

    [Fact]
    public async Task the_protocol_of_2017_chooses_by_clientid_in_which_empty_means_absent()
    {
        var chosen = await Host.GetAsync($"{OldAsk}&clientid={running.Orders.ClientId}", OldSecret);
        var unchosen = await Host.GetAsync($"{OldAsk}&clientid=", OldSecret);
        var unknown = await Host.GetAsync($"{OldAsk}&clientid={Guid.Empty}", OldSecret);

        Assert.Equal(running.Orders.ClientId.ToString(), chosen.String("client_id"));
        Assert.Equal(Host.AssignedIdentities[0].ClientId.ToString(), unchosen.String("client_id"));
        AssertIsError(unknown, "Identity not found");
    }

    [Theory]
    [InlineData("/msi/token/")]
    [InlineData("//MSI/Token")]
    public async Task the_path_is_taken_in_any_case_and_with_extra_slashes(string path)
    {
        var answer = await Host.GetAsync(new Uri($"{Host.Endpoint.GetLeftPart(UriPartial.Authority)}{path}?{Ask}"), Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task an_unexpected_path_or_method_is_answered_in_the_platforms_shape()
    {
        var lost = await Host.GetAsync(new Uri(Host.Endpoint, "/metadata/identity/oauth2/token"), Secret);
        var posted = await HostCalls.SendAsync(HttpMethod.Post, new Uri($"{Host.Endpoint}?{Ask}"), content: null, Secret);

        Assert.Equal(HttpStatusCode.NotFound, lost.Status);
        AssertIsError(lost, "/msi/token");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.Status);
        AssertIsError(posted, "POST");
    }

    [Fact]
    public void its_process_sees_both_pairs_of_variables()
    {
        Assert.Equal(
            ["IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET"],
            Host.Variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Host.Endpoint.AbsoluteUri, Host.Variables["IDENTITY_ENDPOINT"]);
        Assert.Equal(Host.Endpoint.AbsoluteUri, Host.Variables["MSI_ENDPOINT"]);
        Assert.Equal(Host.Variables["IDENTITY_HEADER"], Host.Variables["MSI_SECRET"]);
    }

    private static void AssertIsError(Answer answer, string mentioned)
    {
        Assert.Equal(["statusCode", "message", "correlationId"], answer.Members);
        Assert.Equal((int)answer.Status, answer.Json.GetProperty("statusCode").GetInt32());
        Assert.Contains(mentioned, answer.String("message"), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(answer.String("correlationId"), out _));
    }
}
