using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>Forced renewal and claims challenges: the truth about what the host handed out, and never the rejected token again.</summary>
public sealed class ClaimsTests
{
    private const string Challenge = """{"access_token":{"nbf":{"essential":true,"value":"1760000000"}}}""";

    // The published test vector for the hash of a rejected token.
    private const string Rejected = "test_token";
    private const string RejectedHash = "cc0af97287543b65da2c7e1476426021826cab166f1e063ed012b855ff819656";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Force_refresh_says_that_the_host_handed_out_a_new_token()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token(token: "first"), scene.Token(token: "second"));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        var forced = await client.GetTokenAsync(new TokenRequest(Scene.Resource) { ForceRefresh = true }, Cancellation);

        Assert.Equal("second", forced.Token);
        Assert.Equal(TokenOrigin.Endpoint, forced.Origin);
        Assert.Equal(AcquisitionReason.ForcedOrClaims, forced.Reason);
        Assert.Equal("second", (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token);
    }

    [Fact]
    public async Task Force_refresh_says_that_the_host_handed_out_the_same_token_again()
    {
        await using var scene = Scene.Of(SourceKind.Imds);
        scene.Server.Fallback = Reply.Json(200, Scene.Body("same", scene.Clock.Now.AddHours(24)));
        var client = scene.Client();
        Assert.Equal(TokenOrigin.Endpoint, (await client.GetTokenAsync(Scene.Resource, Cancellation)).Origin);

        var forced = await client.GetTokenAsync(new TokenRequest(Scene.Resource) { ForceRefresh = true }, Cancellation);

        Assert.Equal("same", forced.Token);
        Assert.Equal(TokenOrigin.EndpointUnchanged, forced.Origin);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_challenge_sends_Service_Fabric_the_hash_of_the_rejected_token_and_brings_a_new_one()
    {
        await using var scene = Scene.Of(SourceKind.ServiceFabric);
        scene.Server.Enqueue(scene.Token(token: Rejected), scene.Token(token: "new"));
        var client = scene.Client(options => options with { ClientCapabilities = ["cp1", "cp2"] });
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        var token = await client.GetTokenAsync(new TokenRequest(Scene.Resource) { Claims = Challenge }, Cancellation);

        Assert.Equal("new", token.Token);
        var requests = scene.Server.Requests;
        Assert.Null(requests[0].Query("token_sha256_to_refresh"));
        Assert.Equal(RejectedHash, requests[1].Query("token_sha256_to_refresh"));
        Assert.All(requests, static request => Assert.Equal("cp1,cp2", request.Query("xms_cc")));
        Assert.All(requests, static request => Assert.DoesNotContain("nbf", request.Target, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SourceKind.Imds)]
    [InlineData(SourceKind.AppService)]
    [InlineData(SourceKind.AzureArc)]
    [InlineData(SourceKind.CloudShell)]
    [InlineData(SourceKind.MachineLearning)]
    public async Task Other_sources_are_sent_nothing_about_claims_but_are_asked_anew(SourceKind source)
    {
        await using var scene = Scene.Of(source);
        scene.Server.Enqueue(scene.Token(token: Rejected), scene.Token(token: "new"));
        var client = scene.Client(options => options with { ClientCapabilities = ["cp1"] });
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        var token = await client.GetTokenAsync(new TokenRequest(Scene.Resource) { Claims = Challenge }, Cancellation);

        Assert.Equal("new", token.Token);
        Assert.All(scene.Server.Requests, static request =>
        {
            Assert.DoesNotContain("xms_cc", request.Target, StringComparison.Ordinal);
            Assert.DoesNotContain("sha256", request.Target, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_rejected_token_is_never_returned_even_if_the_host_hands_it_out_again()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = Reply.Json(200, Scene.Body(Rejected, scene.Clock.Now.AddHours(24)));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);

        var result = await client.TryGetTokenAsync(new TokenRequest(Scene.Resource) { Claims = Challenge }, Cancellation);

        Assert.Equal(FailureKind.RejectedTokenReturned, result.Failure?.Kind);
        Assert.Equal("", result.Token.Token);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task Callers_that_name_the_token_that_was_rejected_share_one_request()
    {
        await using var scene = Scene.Of(SourceKind.ServiceFabric);
        scene.Server.Enqueue(scene.Token(token: Rejected), Reply.Hang(scene.TokenNow(token: "new")));
        var client = scene.Client();
        await client.GetTokenAsync(Scene.Resource, Cancellation);
        await scene.Server.NextRequestAsync(Cancellation);
        var challenged = new TokenRequest(Scene.Resource) { Claims = Challenge, RejectedToken = Rejected };

        var during = Enumerable.Range(0, 100).Select(_ => client.GetTokenAsync(challenged, Cancellation).AsTask()).ToList();
        await scene.Server.NextRequestAsync(Cancellation);
        scene.Server.Release();
        Assert.All(await Task.WhenAll(during), static token => Assert.Equal("new", token.Token));

        var after = await client.GetTokenAsync(challenged, Cancellation);
        Assert.Equal("new", after.Token);
        Assert.Equal(TokenOrigin.Cache, after.Origin);
        Assert.Equal(2, scene.Server.Requests.Count);
    }

    [Fact]
    public async Task A_challenge_during_a_request_that_does_not_know_of_it_is_followed_by_one_that_does()
    {
        await using var scene = Scene.Of(SourceKind.ServiceFabric);
        scene.Server.Enqueue(Reply.Hang(scene.TokenNow(token: Rejected)), scene.Token(token: "new"));
        var client = scene.Client();

        var plain = client.GetTokenAsync(Scene.Resource, Cancellation).AsTask();
        await scene.Server.NextRequestAsync(Cancellation);
        var challenged = client.GetTokenAsync(new TokenRequest(Scene.Resource) { Claims = Challenge, RejectedToken = Rejected }, Cancellation).AsTask();
        scene.Server.Release();

        Assert.Equal(Rejected, (await plain).Token);
        Assert.Equal("new", (await challenged).Token);
        Assert.Equal(RejectedHash, scene.Server.Requests[1].Query("token_sha256_to_refresh"));
    }

    [Fact]
    public async Task A_challenge_without_a_cached_token_is_an_ordinary_request()
    {
        await using var scene = Scene.Of(SourceKind.ServiceFabric);
        scene.Server.Enqueue(scene.Token(token: "only"));

        var token = await scene.Client().GetTokenAsync(new TokenRequest(Scene.Resource) { Claims = Challenge }, Cancellation);

        Assert.Equal("only", token.Token);
        Assert.Null(scene.Server.Requests[0].Query("token_sha256_to_refresh"));
    }
}
