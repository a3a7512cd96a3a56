using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Keyless.Emulator.Faults;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>Certificates that no client should take, over real connections.</summary>
public sealed class CertificateFaultTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    private EmulatedHost Fabric => faulty.Emulator[SourceKind.ServiceFabric];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => faulty.Clear();

    [Theory]
    [InlineData(ConnectionFlaw.OtherCertificate)]
    [InlineData(ConnectionFlaw.ExpiredCertificate)]
    [InlineData(ConnectionFlaw.CertificateOfAnotherName)]
    public async Task a_client_that_pins_refuses_it(ConnectionFlaw flaw)
    {
        Fabric.Faults.Add(new FaultRule { Name = "certificate", Fault = Fault.Connection(flaw) });
        var client = new ManagedIdentityClient(new ManagedIdentityOptions { Environment = Fabric.Environment, Cache = new TokenCache() });

        var result = await client.TryGetTokenAsync(new TokenRequest("https://vault.azure.net"), Cancellation);

        Assert.Equal(FailureKind.CertificateRefused, result.Failure?.Kind);
        Assert.Empty(Fabric.Journal.Entries);
    }

    [Fact]
    public async Task it_is_another_one_than_processes_know_and_shows_the_flaw()
    {
        var known = Fabric.Variables["IDENTITY_SERVER_THUMBPRINT"];
        Assert.Equal(known, (await ShownAsync()).Thumbprint);

        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.OtherCertificate));
        Assert.NotEqual(known, (await ShownAsync()).Thumbprint);

        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.ExpiredCertificate));
        Assert.True((await ShownAsync()).NotAfter.ToUniversalTime() < TimeProvider.System.GetUtcNow().UtcDateTime);

        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.CertificateOfAnotherName));
        Assert.False((await ShownAsync()).MatchesHostname("127.0.0.1"));

        Assert.Equal(known, (await ShownAsync()).Thumbprint);
    }

    [Fact]
    public async Task a_reset_is_one_before_the_handshake()
    {
        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.Reset));

        // It may come as early as the end of connecting, and then is not wrapped.
        var exception = await Assert.ThrowsAnyAsync<Exception>(ShownAsync);

        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(exception.GetBaseException()).SocketErrorCode);
    }

    // The certificate of the next connection.
    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "It is looked at, whatever it is.")]
    private async Task<X509Certificate2> ShownAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Fabric.Endpoint.Host, Fabric.Endpoint.Port, Cancellation);
        byte[]? shown = null;
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
        {
            shown = certificate!.GetRawCertData();
            return true;
        });
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Cancellation);
        return X509CertificateLoader.LoadCertificate(shown!);
    }
}
