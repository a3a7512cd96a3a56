using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Journaling;

public sealed class JournalTests : IAsyncLifetime
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private readonly TemporaryDirectory _directory = new();
    private ManagedIdentityEmulator _emulator = null!;

    private EmulatedHost Vm => _emulator[SourceKind.Imds];

    private EmulatedHost Web => _emulator[SourceKind.AppService];

    [Fact]
    public async Task a_request_is_recorded_with_what_it_meant_and_how_it_ended()
    {
        var orders = _emulator.Identities.Single(identity => identity.Name == "orders");

        await Vm.GetAsync($"{Ask}&client_id={orders.ClientId}", HostCalls.Metadata, ("User-Agent", "azsdk-net-Identity/1.13.0"), ("traceparent", "00-1-2-03"));

        var entry = Assert.Single(Vm.Journal.Entries);
        Assert.Equal("vm", entry.Host);
        Assert.Equal(SourceKind.Imds, entry.Source);
        Assert.Equal(Leg.Token, entry.Leg);
        Assert.Equal("GET", entry.Method);
        Assert.Equal(Vm.Endpoint.AbsolutePath, entry.Path);
        Assert.Equal(orders, entry.Identity);
        Assert.Equal(HostCalls.Vault, entry.Resource);
        Assert.Equal(200, entry.Status);
        Assert.Equal("Azure SDK for .NET", entry.Sdk);
        Assert.Contains(entry.CorrelationIds, id => id is { Key: "traceparent", Value: "00-1-2-03" });
        Assert.Contains(entry.CorrelationIds, id => id.Key == "x-ms-request-id");
        Assert.Contains(new KeyValuePair<string, string>("client_id", orders.ClientId.ToString()), entry.Query);
        Assert.True(entry.AnswerLength > 1000);
        Assert.NotNull(entry.TokenId);
        var token = Assert.Single(entry.Tokens);
        Assert.Equal(entry.TokenSha256, token.Sha256);
        Assert.Equal(orders.ObjectId.ToString(), token.Claims?.GetProperty("oid").GetString());
    }

    [Fact]
    public async Task the_emulators_journal_holds_the_entries_of_all_hosts_and_of_the_authority()
    {
        await Vm.GetAsync("");
        await Web.GetAsync("");
        await HostCalls.GetAsync(new Uri(_emulator.Authority, ".well-known/openid-configuration"));

        Assert.Equal(["vm", "web", "authority"], _emulator.Journal.Entries.Select(entry => entry.Host));
        Assert.Equal([1, 2, 3], _emulator.Journal.Entries.Select(entry => entry.Number));
        Assert.Same(Assert.Single(Web.Journal.Entries), _emulator.Journal.Entries[1]);
        Assert.Equal([Leg.Probe, Leg.Token, Leg.Discovery], _emulator.Journal.Entries.Select(entry => entry.Leg));
    }

    [Fact]
    public async Task exactly_so_many_requests_are_verified()
    {
        for (var i = 0; i < 3; i++)
            await Vm.GetAsync(Ask, HostCalls.Metadata);
        await Vm.GetAsync("");

        Vm.Journal.Verify(r => r.Leg == Leg.Token).Exactly(3);
        Vm.Journal.Verify().Exactly(4);
        var failure = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify(r => r.Leg == Leg.Token).Exactly(2));
        Assert.StartsWith(
            "Expected exactly 2 requests to the host vm where r => r.Leg == Leg.Token, but there were 3.", failure.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { ArcKeyDirectory = _directory.Path }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        _directory.Dispose();
    }
}
