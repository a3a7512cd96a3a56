using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests;

/// <summary>The first shape of the API (4.49, on the confidential client) and the second (4.51, without identity objects).</summary>
public sealed class EarlierShapeTests
{
    private const string Guid = "11111111-1111-1111-1111-111111111111";
    private const string Path = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/n";

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(Guid, "client_id", Guid)]
    [InlineData(Path, "mi_res_id", Path)]
    [InlineData("orders", "mi_res_id", "orders")]
    public async Task The_second_shape_takes_a_guid_for_a_client_id_and_anything_else_for_a_resource_id(string? id, string? parameter, string? value)
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("t"));
        var builder = id is null ? ManagedIdentityApplicationBuilder.Create() : ManagedIdentityApplicationBuilder.Create(id);
        scene.Place(builder.Settings);
        var app = builder.WithExperimentalFeatures().WithCacheSynchronization(true).Build();

        var result = await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal("t", result.AccessToken);
        Assert.Equal(value, parameter is null ? null : Assert.Single(scene.Server.Requests).Query(parameter));
    }

    [Fact]
    public async Task The_second_shape_takes_options()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("t"));
        var builder = ManagedIdentityApplicationBuilder.CreateWithApplicationOptions(new ManagedIdentityApplicationOptions { UserAssignedClientId = Guid });
        scene.Place(builder.Settings);

        await builder.WithExperimentalFeatures().Build().AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal(Guid, Assert.Single(scene.Server.Requests).Query("client_id"));
    }

    [Fact]
    public void The_second_shape_is_experimental()
    {
        var refused = Assert.Throws<MsalClientException>(() => ManagedIdentityApplicationBuilder.Create().Build());

        Assert.Equal("experimental_feature", refused.ErrorCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void The_second_shape_refuses_a_blank_id(string? id) =>
        Assert.Throws<ArgumentNullException>("userAssignedId", () => ManagedIdentityApplicationBuilder.Create(id!));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(Guid, "client_id", Guid)]
    [InlineData(Path, "mi_res_id", Path)]
    public async Task The_first_shape_gets_a_token_for_one_scope(string? id, string? parameter, string? value)
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("t"));
        var request = Confidential(scene).AcquireTokenForClient([MsalScene.Resource + "/.default"]);
        request = id is null ? request.WithManagedIdentity() : request.WithManagedIdentity(id);

        var result = await request.ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal("t", result.AccessToken);
        var sent = Assert.Single(scene.Server.Requests);
        Assert.Equal(MsalScene.Resource, sent.Query("resource"));
        Assert.Equal(value, parameter is null ? null : sent.Query(parameter));
    }

    [Fact]
    public async Task The_first_shape_shares_the_cache_and_can_be_forced()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(scene.Token("a"), scene.Token("b"));
        var app = Confidential(scene);

        var first = await app.AcquireTokenForClient([MsalScene.Resource]).WithManagedIdentity().ExecuteAsync(MsalScene.Cancellation);
        var second = await app.AcquireTokenForClient([MsalScene.Resource]).WithManagedIdentity().ExecuteAsync(MsalScene.Cancellation);
        var third = await app.AcquireTokenForClient([MsalScene.Resource]).WithManagedIdentity().WithForceRefresh(true).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal(["a", "a", "b"], [first.AccessToken, second.AccessToken, third.AccessToken]);
    }

    [Theory]
    [InlineData]
    [InlineData("https://a.test/.default", "https://b.test/.default")]
    public async Task The_first_shape_refuses_other_than_one_scope(params string[] scopes)
    {
        await using var scene = new MsalScene();
        var request = Confidential(scene).AcquireTokenForClient(scopes).WithManagedIdentity();

        var refused = await Assert.ThrowsAsync<MsalClientException>(() => request.ExecuteAsync(MsalScene.Cancellation));

        Assert.Equal("exactly_one_scope_expected", refused.ErrorCode);
    }

    [Fact]
    public void The_first_shape_is_experimental()
    {
        var app = ConfidentialClientApplicationBuilder.Create("any").Build();

        var refused = Assert.Throws<MsalClientException>(() => app.AcquireTokenForClient(["https://a.test"]).WithManagedIdentity());

        Assert.Equal("experimental_feature", refused.ErrorCode);
    }

    [Fact]
    public async Task The_first_shape_has_no_other_credentials()
    {
        await using var scene = new MsalScene();

        var refused = await Assert.ThrowsAsync<MsalClientException>(
            () => Confidential(scene).AcquireTokenForClient(["https://a.test"]).ExecuteAsync(MsalScene.Cancellation));

        Assert.Equal("Client_Credentials_Required_In_Confidential_Client_Application", refused.ErrorCode);
    }

    private static IConfidentialClientApplication Confidential(MsalScene scene)
    {
        var builder = ConfidentialClientApplicationBuilder.Create("any");
        scene.Place(builder.Settings);
        return builder.WithExperimentalFeatures().Build();
    }
}
