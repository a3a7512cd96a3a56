using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.InProcess;

public sealed class EmulatorHandlerTests : IAsyncLifetime
{
    private const string Ask = "metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net";

    private readonly TemporaryDirectory _directory = new();
    private ManagedIdentityEmulator _emulator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private EmulatedHost Vm => _emulator[SourceKind.Imds];

    public static TheoryData<SourceKind> Sources => [.. Enum.GetValues<SourceKind>()];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task a_client_gets_a_token_from_every_source_without_a_socket(SourceKind source)
    {
        var host = _emulator[source];
        var client = ClientOn(host);

        var token = await client.GetTokenAsync(HostCalls.Vault, Cancellation);

        Assert.Equal(source, token.Source);
        Assert.Equal(HostCalls.Vault, new DecodedToken(token.Token).String("aud"));
        host.Journal.Verify(r => r.Leg == Leg.Token && r.Status == 200).Exactly(1);
        AssertNothingListens();
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void the_synchronous_call_works_too(SourceKind source) =>
        Assert.NotEmpty(ClientOn(_emulator[source]).GetToken(HostCalls.Vault, Cancellation).Token);

    [Fact]
    public async Task a_virtual_machine_is_found_at_the_well_known_address()
    {
        using var client = new HttpClient(Vm.CreateHandler());
        client.DefaultRequestHeaders.Add("Metadata", "true");

        using var own = await client.GetAsync(new Uri($"http://169.254.169.254/{Ask}"), Cancellation);
        using var other = new HttpClient(_emulator.CreateHandler());
        using var probe = await other.GetAsync(new Uri("http://169.254.169.254:80/metadata/instance"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, probe.StatusCode);
        Assert.Equal(2, Vm.Journal.Count);
    }

    [Theory]
    [InlineData("https://vault.azure.net/")]
    [InlineData("http://169.254.169.254:8080/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("http://127.0.0.1:1/")]
    public async Task an_address_that_is_not_the_emulators_is_refused_by_name(string address)
    {
        using var client = new HttpClient(_emulator.CreateHandler());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(address), Cancellation));

        Assert.StartsWith($"{address.TrimEnd('/')} is not this emulator's", exception.Message, StringComparison.Ordinal);
        Assert.Contains(Vm.Endpoint.GetLeftPart(UriPartial.Authority), exception.Message, StringComparison.Ordinal);
        Assert.Equal(HttpRequestError.ConnectionError, exception.HttpRequestError);
    }

    [Fact]
    public async Task a_hosts_handler_knows_no_other_host_but_the_token_issuer()
    {
        using var client = new HttpClient(Vm.CreateHandler());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(_emulator[SourceKind.AppService].Endpoint, Cancellation));
        var document = await client.GetStringAsync(new Uri(_emulator.Authority, ".well-known/openid-configuration"), Cancellation);

        Assert.Contains(_emulator.Authority.AbsoluteUri, document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task bodies_headers_and_methods_go_there_and_back()
    {
        var shell = _emulator[SourceKind.CloudShell];
        using var client = new HttpClient(shell.CreateHandler());
        using var message = new HttpRequestMessage(HttpMethod.Post, shell.Endpoint) { Content = new StringContent($"resource={HostCalls.Vault}") };
        message.Headers.Add("Metadata", "true");
        message.Headers.Add("x-ms-client-request-id", "7");

        using var response = await client.SendAsync(message, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.Date);
        Assert.Equal(response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync(Cancellation)).Length);
        var entry = Assert.Single(shell.Journal.Entries);
        Assert.Equal(KeyValuePair.Create("resource", HostCalls.Vault), Assert.Single(entry.Form));
        Assert.Contains(KeyValuePair.Create("x-ms-client-request-id", "7"), entry.CorrelationIds);
        Assert.Contains(entry.Headers, header => header is { Key: "Content-Type", Value: "text/plain; charset=utf-8" });
    }

    [Fact]
    public async Task too_long_a_body_and_a_foreign_host_header_are_refused_as_on_a_port()
    {
        using var client = new HttpClient(Vm.CreateHandler());
        using var message = new HttpRequestMessage(HttpMethod.Get, Vm.Endpoint) { Headers = { Host = "evil.example" } };
        using var body = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('a', 64 * 1024 + 1)));

        using var misdirected = await client.SendAsync(message, Cancellation);
        using var tooLong = await client.PostAsync(Vm.Endpoint, body, Cancellation);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, misdirected.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
    }

    [Fact]
    public async Task a_cancelled_request_is_not_served()
    {
        using var client = new HttpClient(Vm.CreateHandler());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(Vm.Endpoint, new CancellationToken(canceled: true)));

        Vm.Journal.Verify().Never();
    }

    [Fact]
    public async Task a_pinned_handler_refuses_any_other_certificate()
    {
        var fabric = _emulator[SourceKind.ServiceFabric];
        using var client = new HttpClient(fabric.CreateHandler(new string('0', 40)));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(fabric.Endpoint, Cancellation));

        Assert.Equal(HttpRequestError.SecureConnectionError, exception.HttpRequestError);
        fabric.Journal.Verify().Never();
    }

    [Fact]
    public async Task connections_break_as_on_a_port()
    {
        var fabric = _emulator[SourceKind.ServiceFabric];
        fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.Reset));
        fabric.Faults.Enqueue(Fault.Connection(ConnectionFlaw.ExpiredCertificate));
        using var client = new HttpClient(fabric.CreateHandler());

        var reset = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(fabric.Endpoint, Cancellation));
        var expired = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(fabric.Endpoint, Cancellation));
        using var answer = await client.GetAsync(fabric.Endpoint, Cancellation);

        Assert.IsType<IOException>(reset.InnerException);
        Assert.Equal(HttpRequestError.SecureConnectionError, expired.HttpRequestError);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task after_the_end_nobody_answers()
    {
        using var client = new HttpClient(Vm.CreateHandler());
        await _emulator.DisposeAsync();

        foreach (var address in new[] { Vm.Endpoint, new Uri($"http://169.254.169.254/{Ask}") })
        {
            var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address, Cancellation));
            Assert.Contains("the emulator has been stopped", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task the_addresses_are_the_same_at_each_start()
    {
        await using var other = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { OpenPorts = false }, Cancellation);

        Assert.Equal(_emulator.Authority, other.Authority);
        Assert.Equal(_emulator.Hosts.Select(host => host.Endpoint), other.Hosts.Select(host => host.Endpoint));
        Assert.Equal(7, other.Hosts.Select(host => host.Endpoint.Port).Append(other.Authority.Port).Distinct().Count());
        Assert.All(other.Hosts, host => Assert.True(host.Endpoint.IsLoopback));
    }

    [Fact]
    public void the_environment_is_the_hosts_and_nothing_of_this_machine()
    {
        Assert.Equal(_directory.Path, _emulator[SourceKind.AzureArc].Environment.ArcKeyDirectory);
        Assert.Null(Vm.Environment.ArcKeyDirectory);
        Assert.Null(Vm.Environment.GetVariable("PATH"));
        Assert.Equal(Vm.Variables["AZURE_POD_IDENTITY_AUTHORITY_HOST"], Vm.Environment.GetVariable("AZURE_POD_IDENTITY_AUTHORITY_HOST"));
    }

    [Fact]
    public async Task a_handler_also_serves_hosts_that_have_ports()
    {
        await using var emulator = await ManagedIdentityEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds] }, Cancellation);
        var client = ClientOn(emulator[SourceKind.Imds]);

        var token = await client.GetTokenAsync(HostCalls.Vault, Cancellation);

        Assert.True(await new DecodedToken(token.Token).IsSignedByItsIssuerAsync());
    }

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { OpenPorts = false, ArcKeyDirectory = _directory.Path }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _directory.Dispose();
    }

    private static ManagedIdentityClient ClientOn(EmulatedHost host) => new(new ManagedIdentityOptions
    {
        Environment = host.Environment,
        Handler = host.CreateHandler(),
        PinnedHandlerFactory = host.CreateHandler,

        // The first token waits for a key, which on a busy machine takes its time.
        Timeout = TimeSpan.FromMinutes(2),
        AttemptTimeout = TimeSpan.FromMinutes(2),
    });

    private void AssertNothingListens()
    {
        var open = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(endpoint => endpoint.Port).ToHashSet();
        Assert.DoesNotContain(_emulator.Hosts, host => open.Contains(host.Endpoint.Port));
        Assert.DoesNotContain(_emulator.Authority.Port, open);
    }
}
