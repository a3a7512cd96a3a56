using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>Handshakes of TLS that come to nothing, over real connections and in memory.</summary>
public sealed class HandshakeFaultTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    private EmulatedHost Fabric => faulty.Emulator[SourceKind.ServiceFabric];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => faulty.Clear();

    [Fact]
    public async Task an_old_protocol_is_a_greeting_in_tls_1_0()
    {
        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.OldProtocol));
        using var client = new TcpClient();
        await client.ConnectAsync(Fabric.Endpoint.Host, Fabric.Endpoint.Port, Cancellation);
        var stream = client.GetStream();

        // The head of a client's greeting and its contents in two pieces, as a network may deliver them.
        await stream.WriteAsync(new byte[] { 22, 3, 1, 0, 4 }, Cancellation);
        await stream.WriteAsync(new byte[] { 1, 0, 0, 0 }, Cancellation);
        var answer = new byte[47];
        await stream.ReadExactlyAsync(answer, Cancellation);
        await stream.WriteAsync(new byte[] { 21, 3, 1, 0, 2, 2, 70 }, Cancellation);

        Assert.Equal([22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1], answer[..11]);
        Assert.Equal([0, 0, 0x2F, 0], answer[^4..]);
        Assert.Equal(0, await stream.ReadAsync(answer, Cancellation));
    }

    [Fact]
    public async Task a_client_that_speaks_no_tls_is_sent_away_and_the_next_one_is_served()
    {
        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.OldProtocol));
        using var client = new TcpClient();
        await client.ConnectAsync(Fabric.Endpoint.Host, Fabric.Endpoint.Port, Cancellation);
        var stream = client.GetStream();

        await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Cancellation);

        Assert.Equal(0, await stream.ReadAsync(new byte[1], Cancellation));
        Assert.Equal(200, (int)(await Fabric.GetAsync($"api-version=2020-05-01&resource={HostCalls.Vault}", HostCalls.SecretOf(Fabric))).Status);
    }

    [Fact]
    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "It never comes to a certificate.")]
    public async Task the_platforms_own_tls_refuses_an_old_protocol()
    {
        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.OldProtocol));
        using var client = new TcpClient();
        await client.ConnectAsync(Fabric.Endpoint.Host, Fabric.Endpoint.Port, Cancellation);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);

        await Assert.ThrowsAsync<AuthenticationException>(
            () => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_client_fails_at_once_and_once_at_an_old_protocol(bool inMemory)
    {
        Fabric.Journal.Clear();
        Fabric.Faults.Add(new FaultRule { Name = "old", Fault = Fault.Connection(ConnectionFlaw.OldProtocol), When = new FaultWhen { First = 1 } });

        var result = await ClientOf(Fabric, inMemory).TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Cancellation);

        Assert.Equal(FailureKind.CertificateRefused, result.Failure?.Kind);
        Assert.False(result.Failure!.IsTransient);
        Assert.Empty(Fabric.Journal.Entries);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task without_tls_an_old_protocol_shows_nothing(bool inMemory)
    {
        var web = faulty.Emulator[SourceKind.AppService];
        web.Faults.Enqueue(Fault.Connection(ConnectionFlaw.OldProtocol));

        Assert.Null((await ClientOf(web, inMemory).TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Cancellation)).Failure);
        Assert.Empty(web.Faults.Queue);
    }

    [Fact]
    public async Task a_stalled_handshake_says_nothing_until_the_client_gives_up()
    {
        Fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.NeverRead));
        using var client = new TcpClient();
        await client.ConnectAsync(Fabric.Endpoint.Host, Fabric.Endpoint.Port, Cancellation);
        await using var tls = new SslStream(client.GetStream());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var handshake = tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, patience.Token);
        while (Fabric.Faults.Queue.Count > 0)
            await Task.Yield();

        // Another one comes and goes meanwhile.
        Assert.Equal(200, (int)(await Fabric.GetAsync($"api-version=2020-05-01&resource={HostCalls.Vault}", HostCalls.SecretOf(Fabric))).Status);
        Assert.False(handshake.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handshake);
    }

    [Fact]
    public async Task a_client_gives_a_stalled_handshake_no_more_time_than_it_has()
    {
        Fabric.Journal.Clear();
        Fabric.Faults.Add(new FaultRule { Name = "stalled", Fault = Fault.Connection(ConnectionFlaw.NeverRead) });

        var asked = ClientOf(Fabric, inMemory: true).TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Cancellation).AsTask();
        await faulty.Clock.WaitForTimerAsync(delay => delay == TimeSpan.FromSeconds(10), Cancellation);
        faulty.Clock.Advance(TimeSpan.FromSeconds(10));
        var result = await asked;

        Assert.Equal(FailureKind.TimedOut, result.Failure?.Kind);
        Assert.Empty(Fabric.Journal.Entries);
    }

    private ManagedIdentityClient ClientOf(EmulatedHost host, bool inMemory) => new(new ManagedIdentityOptions
    {
        Environment = host.Environment,
        Cache = new TokenCache(),
        Retries = false,
        Handler = inMemory ? host.CreateHandler() : null,
        PinnedHandlerFactory = inMemory ? host.CreateHandler : null,
        TimeProvider = faulty.Clock,
    });
}
