using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Keyless.Msal.Tests.Support;
using Keyless.Testing;

namespace Keyless.Msal.Tests;

/// <summary>The application's own HTTP clients: one asked for at each request, pinned on Service Fabric, bypassed there if they can't be.</summary>
public sealed class HttpFactoryTests : IDisposable
{
    private readonly X509Certificate2 _certificate = TestCertificate.CreateSelfSigned();

    [Fact]
    public async Task A_client_is_asked_for_at_each_request()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(Reply.Empty(503), scene.Token("t"));
        var factory = new CountingFactory();
        var app = scene.App(builder => builder.WithHttpClientFactory(factory));

        var run = await scene.Clock.RunAsync(
            () => new ValueTask<AuthenticationResult>(app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation)),
            delay => delay < TimeSpan.FromSeconds(3),
            MsalScene.Cancellation);

        Assert.Equal("t", run.Result.AccessToken);
        Assert.Equal(2, factory.Asked);
    }

    [Fact]
    public async Task Without_retries_a_failure_is_final_and_not_remembered()
    {
        await using var scene = new MsalScene();
        scene.Server.Enqueue(Reply.Empty(503), scene.Token("t"));
        var app = scene.App(builder => builder.WithHttpClientFactory(new CountingFactory(), retryOnceOn5xx: false));

        var thrown = await Assert.ThrowsAsync<MsalServiceException>(() => app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation));
        var again = await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal(503, thrown.StatusCode);
        Assert.Equal("t", again.AccessToken);
    }

    [Fact]
    public async Task On_service_fabric_the_factory_is_given_a_callback_that_accepts_the_announced_certificate_only()
    {
        await using var server = ScriptedServer.StartTls(_certificate);
        await using var scene = new MsalScene();
        server.Enqueue(scene.Token("t"));
        var factory = new PinningFactory();
        var app = OnServiceFabric(scene, server, factory);

        var result = await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal("t", result.AccessToken);
        using var other = TestCertificate.CreateSelfSigned("other");
        Assert.True(factory.Accepts!(null!, _certificate, null!, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(factory.Accepts!(null!, other, null!, SslPolicyErrors.None));
    }

    [Fact]
    public async Task On_service_fabric_a_factory_without_the_callback_is_not_asked()
    {
        await using var server = ScriptedServer.StartTls(_certificate);
        await using var scene = new MsalScene();
        server.Enqueue(scene.Token("t"));
        var factory = new CountingFactory();

        await OnServiceFabric(scene, server, factory).AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal(0, factory.Asked);
    }

    [Fact]
    public async Task Extra_parameters_are_escaped_and_go_with_the_pinned_request_too()
    {
        await using var server = ScriptedServer.StartTls(_certificate);
        await using var scene = new MsalScene();
        server.Enqueue(scene.Token("t"));
        var app = OnServiceFabric(scene, server, factory: null, builder => builder
            .WithExperimentalFeatures().WithExtraQueryParameters(new Dictionary<string, string>(StringComparer.Ordinal) { ["a b"] = "c&d" }));

        await app.AcquireTokenForManagedIdentity(MsalScene.Resource).ExecuteAsync(MsalScene.Cancellation);

        Assert.Equal("c&d", Assert.Single(server.Requests).Query("a b"));
    }

    public void Dispose() => _certificate.Dispose();

    private IManagedIdentityApplication OnServiceFabric(
        MsalScene scene, ScriptedServer server, IMsalHttpClientFactory? factory, Action<ManagedIdentityApplicationBuilder>? configure = null) => scene.App(builder =>
    {
        builder.Settings.Machine = MachineEnvironment.FromVariables(
        [
            new("IDENTITY_ENDPOINT", new Uri(server.Address, "token").AbsoluteUri), new("IDENTITY_HEADER", "open-sesame"), new("IDENTITY_SERVER_THUMBPRINT", _certificate.Thumbprint),
        ]);
        builder.WithHttpClientFactory(factory!);
        configure?.Invoke(builder);
    });

    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "As in applications, it lives as long as the process.")]
    private class CountingFactory : IMsalHttpClientFactory
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

        public int Asked { get; private set; }

        public HttpClient GetHttpClient()
        {
            Asked++;
            return _client;
        }
    }

    [SuppressMessage("Security", "MA0039:Do not write your own certificate validation method", Justification = "It is given one, which pins.")]
    private sealed class PinningFactory : CountingFactory, IMsalSFHttpClientFactory
    {
        public Func<HttpRequestMessage, X509Certificate2, X509Chain, SslPolicyErrors, bool>? Accepts { get; private set; }

        public HttpClient GetHttpClient(Func<HttpRequestMessage, X509Certificate2, X509Chain, SslPolicyErrors, bool> validateServerCert)
        {
            Accepts = validateServerCert;
            return new HttpClient(new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = validateServerCert! });
        }
    }
}
