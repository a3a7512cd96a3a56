using System.Globalization;
using System.Net;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Endpoints;

public sealed class MachineLearningEndpointTests(RunningEmulator running)
{
    private const string Ask = "api-version=2017-09-01&resource=https://vault.azure.net";

    private EmulatedHost Host => running[SourceKind.MachineLearning];

    private (string Name, string Value) Secret => HostCalls.SecretOf(Host);

    [Fact]
    public async Task the_default_identity_of_the_variables_gets_a_token_with_an_epoch_expiry()
    {
        var answer = await Host.GetAsync($"{Ask}&clientid={Host.Variables["DEFAULT_IDENTITY_CLIENT_ID"]}", Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var token = new DecodedToken(answer.Token);
        Assert.Equal(token.Claims.GetProperty("exp").GetInt64(), long.Parse(answer.String("expires_on"), CultureInfo.InvariantCulture));
        Assert.Equal(Host.AssignedIdentities[0].ObjectId.ToString(), token.String("oid"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&clientid=")]
    public async Task without_a_client_id_the_default_identity_is_taken(string parameter)
    {
        var answer = await Host.GetAsync(Ask + parameter, Secret);

        Assert.Equal(Host.AssignedIdentities[0].ClientId.ToString(), answer.String("client_id"));
    }

    [Fact]
    public async Task a_user_assigned_identity_is_chosen_by_clientid()
    {
        var answer = await Host.GetAsync($"{Ask}&clientid={running.Billing.ClientId}", Secret);

        Assert.Equal(running.Billing.ClientId.ToString(), answer.String("client_id"));
    }

    [Theory]
    [InlineData("api-version=2019-08-01&resource=https://vault.azure.net", "2019-08-01")]
    [InlineData("resource=https://vault.azure.net", "api-version")]
    [InlineData("api-version=2017-09-01", "resource")]
    [InlineData(Ask + "&clientid=00000000-0000-0000-0000-000000000001", "Identity not found")]
    [InlineData(Ask + "&object_id=00000000-0000-0000-0000-000000000001", "object_id")]
    [InlineData(Ask + "&msi_res_id=/subscriptions/x", "msi_res_id")]
    [InlineData(Ask + "/.default", "AADSTS500011")]
    public async Task a_request_at_fault_is_refused(string query, string mentioned)
    {
        var answer = await Host.GetAsync(query, Secret);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["statusCode", "message", "correlationId"], answer.Members);
        Assert.Contains(mentioned, answer.String("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task without_the_right_secret_there_is_no_token(string? value)
    {
        var answer = value is null ? await Host.GetAsync(Ask) : await Host.GetAsync(Ask, ("secret", value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(["statusCode", "message", "correlationId"], answer.Members);
    }

    [Fact]
    public async Task one_hosts_secret_does_not_open_another_host()
    {
        var answer = await Host.GetAsync(Ask, ("secret", running[SourceKind.AppService].Variables["MSI_SECRET"]));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
    }

    [Fact]
    public void its_process_sees_endpoint_secret_and_default_identity()
    {
        Assert.Equal(["DEFAULT_IDENTITY_CLIENT_ID", "MSI_ENDPOINT", "MSI_SECRET"], Host.Variables.Keys.Order(StringComparer.Ordinal));
    }
}
