using System.Net;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>What the transport does not do: follow, proxy, answer, propagate, or read without end.</summary>
public sealed class TransportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = ScriptedServer.Start();
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Redirect(new Uri(elsewhere.Address, "stolen").ToString(), status));

        var failure = (await scene.Client().TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.NotAnEndpoint, failure?.Kind);
        Assert.Equal(0, elsewhere.Connections);
        Assert.Single(scene.Server.Requests);
    }

    [Fact]
    public async Task The_systems_proxy_is_not_used()
    {
        await using var proxy = ScriptedServer.Start();
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Enqueue(scene.Token());
        var before = HttpClient.DefaultProxy;
        try
        {
            // What HTTP_PROXY and its kin set for the whole process.
            HttpClient.DefaultProxy = new WebProxy(proxy.Address);
            await scene.Client().GetTokenAsync(Scene.Resource, Cancellation);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Equal(0, proxy.Connections);
        Assert.Single(scene.Server.Requests);
    }

    [Theory]
    [InlineData("Negotiate")]
    [InlineData("NTLM")]
    [InlineData("Basic realm=\"intranet\"")]
    public async Task A_challenge_for_ambient_credentials_is_not_answered(string challenge)
    {
        await using var scene = Scene.Of(SourceKind.AppService, Reply.Json(401, """{"statusCode":401,"message":"who are you"}""", ("WWW-Authenticate", challenge)));

        var failure = (await scene.Client().TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.AccessDenied, failure?.Kind);
        Assert.Null(Assert.Single(scene.Server.Requests).Header("Authorization"));
    }

    [Theory]
    [InlineData(SourceKind.Imds, "Host Metadata x-client-SKU x-client-Ver x-ms-client-request-id")]
    [InlineData(SourceKind.AppService, "Host X-IDENTITY-HEADER Metadata")]
    [InlineData(SourceKind.AzureArc, "Host Metadata")]
    [InlineData(SourceKind.CloudShell, "Host Metadata Content-Type Content-Length")]
    [InlineData(SourceKind.ServiceFabric, "Host secret")]
    [InlineData(SourceKind.MachineLearning, "Host secret Metadata")]
    public async Task A_request_carries_its_sources_headers_and_no_others(SourceKind source, string names)
    {
        await using var scene = Scene.Of(source);
        scene.Server.Enqueue(scene.Token());

        // A caller's trace must not travel along.
        using var trace = new System.Diagnostics.Activity("the caller's").Start();
        await scene.Client().GetTokenAsync(Scene.Resource, Cancellation);

        var sent = Assert.Single(scene.Server.Requests).Headers.Select(static header => header.Key);
        Assert.Equal(names.Split(' ').Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task A_body_without_end_is_read_for_64_KiB_only(int status)
    {
        var endless = Reply.Endless(status);
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = endless;

        var run = await scene.AcquireAsync(scene.Client());

        Assert.IsType<ManagedIdentityException>(run.Error);
        await endless.Stopped.WaitAsync(Cancellation);

        // What lies in the buffers of both ends was sent too, for each of the attempts.
        Assert.InRange(endless.BytesSent, 64 * 1024, scene.Server.Requests.Count * 16L * 1024 * 1024);
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_is_no_endpoint()
    {
        await using var scene = Scene.Of(SourceKind.Imds, Reply.Garbage());

        var failure = (await scene.Client().TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.NotAnEndpoint, failure?.Kind);
    }

    [Theory]
    [InlineData("reset before the request is read")]
    [InlineData("reset after the request")]
    [InlineData("reset in the body")]
    [InlineData("a body cut short")]
    public async Task A_connection_that_breaks_is_tried_again_and_never_yields_a_partial_token(string how)
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        var body = Scene.Body("whole", scene.Clock.Now.AddHours(24));
        scene.Server.Enqueue(how switch
        {
            "reset before the request is read" => Reply.Reset(),
            "reset after the request" => Reply.ResetAfterRequest(),
            "reset in the body" => Reply.ResetMidBody(200, body),
            _ => Reply.CloseEarly(200, body),
        });
        scene.Server.Fallback = Reply.Json(200, body);

        var run = await scene.AcquireAsync(scene.Client());

        Assert.Equal("whole", run.Result.Token);
        Assert.Equal(FailureKind.ConnectionLost.ToString(), scene.Logs.Entries.Single(static entry => entry.EventId.Id == 3).Value("Kind")?.ToString());
    }

    [Fact]
    public async Task One_connection_serves_one_request_after_the_other()
    {
        await using var scene = Scene.Of(SourceKind.AppService);
        scene.Server.Fallback = scene.Token();
        var client = scene.Client();

        for (var i = 0; i < 20; i++)
            await client.GetTokenAsync($"https://resource-{i}", Cancellation);

        Assert.Equal(20, scene.Server.Requests.Count);
        Assert.Equal(1, scene.Server.Connections);
    }
}
