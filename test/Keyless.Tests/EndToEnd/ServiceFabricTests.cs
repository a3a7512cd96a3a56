using System.Security.Cryptography;
using Keyless.Testing;

namespace Keyless.Tests.EndToEnd;

/// <summary>Service Fabric's certificate: the announced one and no other, rotated without a restart.</summary>
public sealed class ServiceFabricTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SHA-1")]
    [InlineData("sha-1 in lower case with colons")]
    [InlineData("SHA-256")]
    public async Task The_announced_certificate_is_accepted(string form)
    {
        using var certificate = TestCertificate.CreateSelfSigned();
        await using var server = ScriptedServer.StartTls(certificate, Reply.Json(200, Scene.Body("pinned", TimeProvider.System.GetUtcNow().AddHours(24))));
        var sha256 = Convert.ToHexString(SHA256.HashData(certificate.RawData));
        var thumbprint = form switch
        {
            "SHA-1" => certificate.Thumbprint,
            "SHA-256" => sha256,
            _ => string.Join(':', certificate.Thumbprint.ToLowerInvariant().Chunk(2).Select(static pair => new string(pair))),
        };

        var token = await ClientOf(server, thumbprint).GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal("pinned", token.Token);
    }

    [Fact]
    public async Task Another_certificate_is_refused_before_the_secret_is_sent()
    {
        using var certificate = TestCertificate.CreateSelfSigned();
        using var announced = TestCertificate.CreateSelfSigned();
        await using var server = ScriptedServer.StartTls(certificate);

        var failure = (await ClientOf(server, announced.Thumbprint).TryGetTokenAsync(new TokenRequest(Scene.Resource), Cancellation)).Failure;

        Assert.Equal(FailureKind.CertificateRefused, failure?.Kind);
        Assert.False(failure?.IsTransient);
        Assert.Contains("IDENTITY_SERVER_THUMBPRINT", failure?.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_rotated_certificate_is_picked_up_without_a_restart()
    {
        using var first = TestCertificate.CreateSelfSigned();
        using var second = TestCertificate.CreateSelfSigned();
        var expiry = TimeProvider.System.GetUtcNow().AddHours(24);
        await using var before = ScriptedServer.StartTls(first, Reply.Json(200, Scene.Body("before", expiry)));
        await using var after = ScriptedServer.StartTls(second, Reply.Json(200, Scene.Body("after", expiry)));
        var machine = DescribedMachine.Of(SourceKind.ServiceFabric, before.Address, thumbprint: first.Thumbprint);
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = machine });
        Assert.Equal("before", (await client.GetTokenAsync(Scene.Resource, Cancellation)).Token);

        machine["IDENTITY_ENDPOINT"] = new Uri(after.Address, "metadata/identity/oauth2/token").ToString();
        machine["IDENTITY_SERVER_THUMBPRINT"] = second.Thumbprint;

        Assert.Equal("after", (await client.GetTokenAsync(new TokenRequest(Scene.Resource) { ForceRefresh = true }, Cancellation)).Token);
    }

    [Fact]
    public async Task The_applications_own_handler_is_passed_over_unless_it_pins()
    {
        using var certificate = TestCertificate.CreateSelfSigned();
        await using var server = ScriptedServer.StartTls(certificate);
        server.Fallback = Reply.Json(200, Scene.Body("pinned", TimeProvider.System.GetUtcNow().AddHours(24)));
        var machine = DescribedMachine.Of(SourceKind.ServiceFabric, server.Address, thumbprint: certificate.Thumbprint);
        using var unpinned = new Redirector(() => throw new InvalidOperationException("The unpinned handler was used."));
        string? pinned = null;

        await new ManagedIdentityClient(new ManagedIdentityOptions { Environment = machine, Handler = unpinned }).GetTokenAsync(Scene.Resource, Cancellation);
        await new ManagedIdentityClient(new ManagedIdentityOptions
        {
            Environment = machine,
            Handler = unpinned,
            PinnedHandlerFactory = thumbprint =>
            {
                pinned = thumbprint;
                return new SocketsHttpHandler
                {
                    SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == thumbprint },
                };
            },
        }).GetTokenAsync(Scene.Resource, Cancellation);

        Assert.Equal(certificate.Thumbprint, pinned);
        Assert.Equal(2, server.Requests.Count);
    }

    private static ManagedIdentityClient ClientOf(ScriptedServer server, string thumbprint) => new(new ManagedIdentityOptions
    {
        Environment = DescribedMachine.Of(SourceKind.ServiceFabric, server.Address, thumbprint: thumbprint),
    });
}
