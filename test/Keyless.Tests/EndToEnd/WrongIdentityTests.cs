using System.Text;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>The wrong identity's token does not leave the library, on any source.</summary>
public sealed class WrongIdentityTests
{
    private const string Asked = "11111111-1111-1111-1111-111111111111";
    private const string Other = "22222222-2222-2222-2222-222222222222";
    private const string AskedPath = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/asked";
    private const string OtherPath = "/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/other";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<SourceKind, ManagedIdentityKind> Cases() => new()
    {
        { SourceKind.Imds, ManagedIdentityKind.ClientId },
        { SourceKind.Imds, ManagedIdentityKind.ObjectId },
        { SourceKind.Imds, ManagedIdentityKind.ResourceId },
        { SourceKind.AppService, ManagedIdentityKind.ClientId },
        { SourceKind.AppService, ManagedIdentityKind.ObjectId },
        { SourceKind.AppService, ManagedIdentityKind.ResourceId },
        { SourceKind.AzureArc, ManagedIdentityKind.ClientId },
        { SourceKind.AzureArc, ManagedIdentityKind.ObjectId },
        { SourceKind.AzureArc, ManagedIdentityKind.ResourceId },
        { SourceKind.ServiceFabric, ManagedIdentityKind.ObjectId },
        { SourceKind.MachineLearning, ManagedIdentityKind.ClientId },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public Task An_echo_of_another_identity_is_refused(SourceKind source, ManagedIdentityKind kind) =>
        RefusesAsync(source, Identity(kind), "opaque", $",\"{EchoOf(kind)}\":\"{(kind == ManagedIdentityKind.ResourceId ? OtherPath : Other)}\"");

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_token_that_says_it_is_another_identitys_is_refused(SourceKind source, ManagedIdentityKind kind) =>
        RefusesAsync(source, Identity(kind), Jwt($$"""{"appid":"{{Other}}","oid":"{{Other}}","xms_mirid":"{{OtherPath}}"}"""), more: "");

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.AzureArc)]
    public Task A_user_assigned_identity_in_place_of_the_system_assigned_one_is_refused(SourceKind source) =>
        RefusesAsync(source, ManagedIdentity.SystemAssigned, Jwt($$"""{"appid":"{{Other}}","xms_mirid":"{{OtherPath}}"}"""), more: "");

    [Fact]
    public async Task An_old_Azure_Arc_agent_that_ignores_the_identity_is_noticed()
    {
        await using var scene = Scene.Of(SourceKind.AzureArc);
        scene.Server.Enqueue(scene.TokenNow(token: "the-machines-own"));

        var failure = (await scene.Client(options => options with { Identity = Identity(ManagedIdentityKind.ClientId) })
            .TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.WrongIdentity, failure?.Kind);
        Assert.Equal("user_assigned_managed_identity_not_confirmed", failure?.ErrorCode);
        Assert.Contains("Azure Arc agent", failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_Learning_answers_with_the_default_identity_and_no_other()
    {
        await using var scene = Scene.Of(SourceKind.MachineLearning);
        scene.Machine["DEFAULT_IDENTITY_CLIENT_ID"] = Asked;
        scene.Server.Enqueue(Reply.Json(200, Scene.Body("wrong", scene.Clock.Now.AddHours(24), $",\"client_id\":\"{Other}\"")));

        var failure = (await scene.Client().TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.WrongIdentity, failure?.Kind);
        Assert.Contains(Asked, failure?.Message, StringComparison.Ordinal);
        Assert.Contains(Other, failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.ServiceFabric)]
    [InlineData(SourceKind.MachineLearning)]
    [InlineData(SourceKind.CloudShell)]
    [InlineData(SourceKind.AzureArc)]
    public async Task An_opaque_token_without_an_echo_is_taken(SourceKind source)
    {
        await using var scene = Scene.Of(source);
        scene.Server.Enqueue(scene.TokenNow(token: "opaque.but.dotted"));

        Assert.Equal("opaque.but.dotted", (await scene.Client().GetTokenAsync(Scene.Resource, Cancellation)).Token);
    }

    [Fact]
    public async Task Verification_can_be_switched_off_and_says_so_in_the_log()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(Reply.Json(200, Scene.Body("unverified", scene.Clock.Now.AddHours(24), $",\"client_id\":\"{Other}\"")));

        var token = await scene.Client(options => options with { Identity = Identity(ManagedIdentityKind.ClientId), VerifyIdentity = false })
            .GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal("unverified", token.Token);
        Assert.Contains(scene.Logs.Entries, static entry => entry.EventId.Id == 10);
    }

    private static async Task RefusesAsync(SourceKind source, ManagedIdentity identity, string token, string more)
    {
        await using var scene = Scene.Of(source);
        scene.Server.Enqueue(Reply.Json(200, Scene.Body(token, scene.Clock.Now.AddHours(24), more)));

        var result = await scene.Client(options => options with { Identity = identity }).TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation);

        Assert.Equal(FailureKind.WrongIdentity, result.Failure?.Kind);
        Assert.False(result.Failure?.IsTransient);
        Assert.False(result.Failure?.IsFallbackSafe);
        Assert.Equal("", result.Token.Token);

        // The message names both.
        Assert.Contains(identity.Id ?? "system-assigned", result.Failure!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(result.Failure.Message.Contains(Other, StringComparison.Ordinal) || result.Failure.Message.Contains(OtherPath, StringComparison.Ordinal)
            || source == SourceKind.AzureArc);
    }

    private static ManagedIdentity Identity(ManagedIdentityKind kind) => kind switch
    {
        ManagedIdentityKind.ClientId => ManagedIdentity.FromClientId(Asked),
        ManagedIdentityKind.ObjectId => ManagedIdentity.FromObjectId(Asked),
        _ => ManagedIdentity.FromResourceId(AskedPath),
    };

    private static string EchoOf(ManagedIdentityKind kind) => kind switch
    {
        ManagedIdentityKind.ClientId => "client_id",
        ManagedIdentityKind.ObjectId => "object_id",
        _ => "msi_res_id",
    };

    private static string Jwt(string claims) => $"{Encode("{\"alg\":\"RS256\"}")}.{Encode(claims)}.c2lnbmF0dXJl";

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
