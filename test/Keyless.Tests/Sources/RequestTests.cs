using Keyless.Sources;

namespace Keyless.Tests.Sources;

/// <summary>What each source is sent for each kind of identity, to the letter.</summary>
public sealed class RequestTests
{
    private const string Resource = "https%3A%2F%2Fvault.azure.net";
    private const string ResourceId =
        "%2Fsubscriptions%2F5b0e2c4d-7f31-4a6b-9d88-e1c2f3a4b503%2FresourceGroups%2Fshop-rg"
        + "%2Fproviders%2FMicrosoft.ManagedIdentity%2FuserAssignedIdentities%2Forders";

    private static readonly string Version = typeof(ManagedIdentityClient).Assembly.GetName().Version!.ToString(3);

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, "")]
    [InlineData(ManagedIdentityKind.ClientId, $"&client_id={Samples.ClientId}")]
    [InlineData(ManagedIdentityKind.ObjectId, $"&object_id={Samples.ObjectId}")]
    [InlineData(ManagedIdentityKind.ResourceId, $"&mi_res_id={ResourceId}")]
    public void App_Service(ManagedIdentityKind kind, string identity) => AssertSent(
        $"""
        GET http://127.0.0.1:41234/msi/token?api-version=2019-08-01&resource={Resource}{identity}
        X-IDENTITY-HEADER: {Samples.Secret}
        Metadata: true
        """,
        SourceKind.AppService,
        kind);

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, "")]
    [InlineData(ManagedIdentityKind.ClientId, $"&client_id={Samples.ClientId}")]
    [InlineData(ManagedIdentityKind.ObjectId, $"&object_id={Samples.ObjectId}")]
    [InlineData(ManagedIdentityKind.ResourceId, $"&msi_res_id={ResourceId}")]
    public void Metadata_service(ManagedIdentityKind kind, string identity) => AssertSent(
        $"""
        GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource={Resource}{identity}
        Metadata: true
        x-client-SKU: Keyless
        x-client-Ver: {Version}
        x-ms-client-request-id: c0ffee00-1111-4222-8333-444455556666
        """,
        SourceKind.Imds,
        kind);

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, "")]
    [InlineData(ManagedIdentityKind.ClientId, $"&client_id={Samples.ClientId}")]
    [InlineData(ManagedIdentityKind.ObjectId, $"&object_id={Samples.ObjectId}")]
    [InlineData(ManagedIdentityKind.ResourceId, $"&msi_res_id={ResourceId}")]
    public void Azure_Arc(ManagedIdentityKind kind, string identity) => AssertSent(
        $"""
        GET http://localhost:40342/metadata/identity/oauth2/token?api-version=2020-06-01&resource={Resource}{identity}
        Metadata: true
        """,
        SourceKind.AzureArc,
        kind);

    [Fact]
    public void Azure_Arc_after_its_challenge()
    {
        var source = new AzureArcSource();
        var request = RequestText.Describe(SourceKind.AzureArc, ManagedIdentity.SystemAssigned);

        Assert.Equal(
            $"""
            GET http://localhost:40342/metadata/identity/oauth2/token?api-version=2020-06-01&resource={Resource}
            Metadata: true
            Authorization: Basic text+of/the=key file
            """,
            RequestText.Of(source.Answer(request, new Secret("text+of/the=key file"))));
    }

    [Fact]
    public void Cloud_Shell() => AssertSent(
        $"""
        POST http://localhost:50342/oauth2/token
        Metadata: true

        resource={Resource}
        """,
        SourceKind.CloudShell,
        ManagedIdentityKind.SystemAssigned);

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, "")]
    [InlineData(ManagedIdentityKind.ObjectId, $"&principalId={Samples.ObjectId}")]
    public void Service_Fabric(ManagedIdentityKind kind, string identity) => AssertSent(
        $"""
        GET https://localhost:2377/metadata/identity/oauth2/token?api-version=2020-05-01&resource={Resource}{identity}
        secret: {Samples.Secret}
        """,
        SourceKind.ServiceFabric,
        kind);

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, "")]
    [InlineData(ManagedIdentityKind.ClientId, $"&clientid={Samples.ClientId}")]
    public void Machine_Learning(ManagedIdentityKind kind, string identity) => AssertSent(
        $"""
        GET http://127.0.0.1:46808/MSI/auth?api-version=2017-09-01&resource={Resource}{identity}
        secret: {Samples.Secret}
        Metadata: true
        """,
        SourceKind.MachineLearning,
        kind);

    [Theory]
    [InlineData(ManagedIdentityKind.SystemAssigned, Samples.OtherId)]
    [InlineData(ManagedIdentityKind.ClientId, Samples.ClientId)]
    public void Machine_Learning_with_a_default_identity(ManagedIdentityKind kind, string clientId)
    {
        var machine = Samples.Machine(SourceKind.MachineLearning);
        machine["DEFAULT_IDENTITY_CLIENT_ID"] = Samples.OtherId;

        var request = RequestText.Describe(machine, RequestText.Query(Samples.Identity(kind)));

        Assert.Equal($"?api-version=2017-09-01&resource={Resource}&clientid={clientId}", request.Uri.Query);
    }

    [Fact]
    public void The_message_carries_all_of_the_description_and_nothing_else()
    {
        using var message = RequestText.Describe(SourceKind.AppService, ManagedIdentity.SystemAssigned).ToMessage();

        Assert.Equal(HttpMethod.Get, message.Method);
        Assert.Equal($"http://127.0.0.1:41234/msi/token?api-version=2019-08-01&resource={Resource}", message.RequestUri!.AbsoluteUri);
        Assert.Equal((System.Net.HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact), (message.Version, message.VersionPolicy));
        Assert.Equal(
            $"X-IDENTITY-HEADER: {Samples.Secret}\nMetadata: true",
            string.Join('\n', message.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}")));
        Assert.Null(message.Content);
    }

    [Fact]
    public async Task The_form_is_sent_as_a_form()
    {
        using var message = RequestText.Describe(SourceKind.CloudShell, ManagedIdentity.SystemAssigned).ToMessage();

        Assert.Equal("application/x-www-form-urlencoded", message.Content!.Headers.ContentType!.ToString());
        Assert.Equal($"resource={Resource}", await message.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"resource={Resource}".Length, message.Content.Headers.ContentLength);
    }

    // A header's value may hold what the strict parser of the platform would refuse.
    [Theory]
    [InlineData("plain")]
    [InlineData("a b,c;d=\"e\"")]
    [InlineData("{curly}<angle>@[square]")]
    public void Secrets_arrive_as_they_are(string secret)
    {
        var machine = Samples.Machine(SourceKind.AppService);
        machine["IDENTITY_HEADER"] = secret;

        using var message = RequestText.Describe(machine, RequestText.Query(ManagedIdentity.SystemAssigned)).ToMessage();

        Assert.Equal(secret, message.Headers.NonValidated["X-IDENTITY-HEADER"].ToString());
    }

    [Fact]
    public void A_described_request_prints_neither_headers_nor_query()
    {
        var request = RequestText.Describe(SourceKind.AppService, Samples.Identity(ManagedIdentityKind.ClientId));

        Assert.Equal("GET http://127.0.0.1:41234/msi/token", request.ToString());
    }

    private static void AssertSent(string expected, SourceKind source, ManagedIdentityKind kind) =>
        Assert.Equal(expected, RequestText.Of(RequestText.Describe(source, Samples.Identity(kind))));
}
