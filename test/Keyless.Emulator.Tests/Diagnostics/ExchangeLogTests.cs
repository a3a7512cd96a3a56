using System.Text;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;
using Microsoft.Extensions.Logging;

namespace Keyless.Emulator.Tests.Diagnostics;

public sealed class ExchangeLogTests
{
    private const string Ask = $"api-version=2018-02-01&resource={HostCalls.Vault}";
    private const string Sent = "0b9c2a5e-6a5f-4d0c-8a55-0e6d5ad0b1aa";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task an_exchange_is_logged_once_with_the_id_that_its_answer_holds_and_without_its_token()
    {
        var log = new LogRecorder();
        await using var emulator = await StartAsync(log);

        var answer = await emulator["vm"].GetAsync(Ask, HostCalls.Metadata, ("x-ms-client-request-id", Sent));

        var entry = Assert.Single(log.Entries);
        Assert.Equal(("Keyless.Emulator", LogLevel.Information, 1), (entry.Category, entry.Level, entry.EventId.Id));
        Assert.Equal(answer.Header("x-ms-request-id"), entry.Value("CorrelationId"));
        Assert.Equal(Sent, entry.Value("ClientRequestId"));
        Assert.StartsWith("Request 1 to vm (Token): GET /metadata/identity/oauth2/token got 200 in ", entry.Message, StringComparison.Ordinal);
        Assert.Equal(("vm", HostCalls.Vault, 200), (entry.Value("Identity"), entry.Value("Resource"), entry.Value("Status")));
        Assert.All(log.Texts, text => Assert.DoesNotContain(answer.Token[..30], text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_ids_in_bodies_are_those_in_the_log()
    {
        var log = new LogRecorder();
        await using var emulator = await StartAsync(log);

        using var form = new StringContent("grant_type=client_credentials&client_id=x&client_secret=a-secret-of-mine", Encoding.UTF8, "application/x-www-form-urlencoded");
        var entra = await HostCalls.SendAsync(HttpMethod.Post, new Uri(emulator.Authority, "oauth2/v2.0/token"), form);
        var fabric = await emulator[SourceKind.ServiceFabric].GetAsync("");

        Assert.Equal([entra.String("correlation_id"), fabric.String("error.correlationId")], log.Entries.Select(entry => entry.Value("CorrelationId")));
        Assert.All(log.Texts, text => Assert.DoesNotContain("a-secret-of-mine", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_fault_is_named()
    {
        var log = new LogRecorder();
        await using var emulator = await StartAsync(log);
        emulator.Faults.Add(new FaultRule { Name = "busy", Fault = Fault.Status(503) });

        await emulator["vm"].GetAsync(Ask, HostCalls.Metadata);

        var entry = Assert.Single(log.Entries);
        Assert.Equal((2, "busy", 503), (entry.EventId.Id, entry.Value("Fault"), entry.Value("Status")));
    }

    [Fact]
    public async Task a_client_that_goes_away_is_logged_as_one()
    {
        var log = new LogRecorder();
        await using var emulator = await StartAsync(log);
        emulator["vm"].Faults.Enqueue(Fault.Latency(TimeSpan.FromHours(1)));
        using var http = new HttpClient(emulator["vm"].CreateHandler());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asking = http.GetAsync(emulator["vm"].Endpoint, patience.Token);
        await emulator["vm"].Journal.WaitForAsync(entry => entry.Status is null, 1, TimeSpan.FromSeconds(30), Cancellation);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await emulator["vm"].Journal.WaitForAsync(entry => entry.WasAborted, 1, TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(3, Assert.Single(log.Entries).EventId.Id);
    }

    [Fact]
    public async Task tokens_and_secrets_in_odd_places_stand_in_the_log_as_hashes()
    {
        var log = new LogRecorder();
        await using var emulator = await StartAsync(log);
        var token = (await emulator["vm"].GetAsync(Ask, HostCalls.Metadata)).Token;
        var secret = emulator[SourceKind.ServiceFabric].Variables["IDENTITY_HEADER"];

        await emulator["vm"].GetAsync(new Uri(emulator["vm"].Endpoint, $"/{token}"), HostCalls.Metadata);
        await emulator["vm"].GetAsync($"api-version=2018-02-01&resource=api://{secret}", HostCalls.Metadata);

        Assert.Equal(3, log.Entries.Count);
        Assert.All(log.Texts, text => Assert.DoesNotContain(token[..30], text, StringComparison.Ordinal));
        Assert.All(log.Texts, text => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<ManagedIdentityEmulator> StartAsync(ILoggerFactory log) => ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds, SourceKind.ServiceFabric], LoggerFactory = log }, Cancellation);
}
