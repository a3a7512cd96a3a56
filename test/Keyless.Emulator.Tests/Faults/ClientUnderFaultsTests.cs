using Keyless.Emulator.Faults;
using Keyless.Emulator.Tests.Support;

namespace Keyless.Emulator.Tests.Faults;

/// <summary>What the project's own client makes of each fault: a failure with a kind, and never half a token.</summary>
public sealed class ClientUnderFaultsTests(FaultyEmulator faulty) : IClassFixture<FaultyEmulator>, IDisposable
{
    private ManagedIdentityEmulator Emulator => faulty.Emulator;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<CutPoint> Cuts => [.. Enum.GetValues<CutPoint>()];

    public static TheoryData<ArcFlaw> Challenges => [.. Enum.GetValues<ArcFlaw>()];

    public void Dispose() => faulty.Clear();

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task a_connection_that_breaks_is_lost_and_nothing_of_a_token_is_left(CutPoint at)
    {
        var web = Prepare(SourceKind.AppService, Fault.Cut(at));

        var failure = await FailAsync(web);

        Assert.Contains(failure.Kind, new[] { FailureKind.ConnectionLost, FailureKind.NotAnEndpoint });
        web.Journal.Verify().Exactly(1);
    }

    [Theory]
    [InlineData(BodyFlaw.Truncated)]
    [InlineData(BodyFlaw.Array)]
    [InlineData(BodyFlaw.Utf16)]
    [InlineData(BodyFlaw.DeepNesting)]
    [InlineData(BodyFlaw.Huge)]
    public async Task a_body_that_is_no_token_is_a_failure(BodyFlaw flaw) =>
        Assert.False(string.IsNullOrEmpty((await FailAsync(Prepare(SourceKind.Imds, Fault.Body(flaw)))).NextStep));

    [Fact]
    public async Task a_portals_page_is_no_endpoint() =>
        Assert.Equal(FailureKind.NotAnEndpoint, (await FailAsync(Prepare(SourceKind.Imds, Fault.CaptivePortal()))).Kind);

    [Theory]
    [MemberData(nameof(Challenges))]
    public async Task a_spoilt_challenge_is_not_taken_up(ArcFlaw flaw)
    {
        var server = Prepare(SourceKind.AzureArc, Fault.ArcChallenge(flaw));

        var result = await ClientOf(server).TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Ct);

        // Who is root may read what is unreadable, and sends what a key file of that name held.
        if (flaw == ArcFlaw.Unreadable && result.Failure is null)
            return;
        Assert.NotNull(result.Failure);
        server.Journal.Verify(entry => entry.Headers.Any(header => header.Key == "Authorization")).Never();
    }

    [Fact]
    public async Task a_second_401_of_arc_is_final()
    {
        var server = Prepare(SourceKind.AzureArc, Fault.Status(401), new FaultMatch { Leg = Leg.Token });

        var failure = await FailAsync(server, retries: true);

        Assert.False(failure.IsTransient);
        server.Journal.Verify(entry => entry.Leg == Leg.Token).Exactly(1);
    }

    [Theory]
    [InlineData(RefusalReason.Blocked)]
    [InlineData(RefusalReason.WrongSecret)]
    [InlineData(RefusalReason.IdentityNotFound)]
    [InlineData(RefusalReason.BadResource)]
    public async Task a_refusal_is_final_and_told_in_the_hosts_words(RefusalReason reason)
    {
        var web = Prepare(SourceKind.AppService, Fault.Refusal(reason));

        var failure = await FailAsync(web, retries: true);

        Assert.False(failure.IsTransient);
        Assert.False(string.IsNullOrEmpty(failure.HostMessage));
        web.Journal.Verify().Exactly(1);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(90, false)]
    public async Task an_upgrade_is_waited_for_by_eight_attempts_and_no_more(int seconds, bool succeeds)
    {
        var vm = Prepare(
            SourceKind.Imds, Fault.Status(410), new FaultMatch { Leg = Leg.Token }, new FaultWhen { Until = TimeSpan.FromSeconds(seconds) });

        var run = await faulty.Clock.RunAsync(
            () => ClientOf(vm, retries: true, timeout: TimeSpan.FromMinutes(3)).TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Ct),
            delay => delay > TimeSpan.FromSeconds(10) && delay < TimeSpan.FromSeconds(20),
            Ct);

        Assert.Equal(succeeds, run.Result.Failure is null);
        vm.Journal.Verify(entry => entry.Leg == Leg.Token).AtMost(8).SpacedAtLeast(TimeSpan.FromSeconds(10));
        if (!succeeds)
            vm.Journal.Verify(entry => entry.Leg == Leg.Token).Exactly(8);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(20)]
    public async Task a_token_that_is_over_is_not_kept_and_not_asked_for_in_a_loop(int seconds)
    {
        var vm = Prepare(SourceKind.Imds, Fault.TokenLifetime(TimeSpan.FromSeconds(seconds)));
        var client = ClientOf(vm);

        for (var call = 0; call < 3; call++)
            _ = await client.TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Ct);

        vm.Journal.Verify(entry => entry.Leg == Leg.Token).Between(1, 3);
    }

    private EmulatedHost Prepare(SourceKind source, Fault fault, FaultMatch? match = null, FaultWhen? when = null)
    {
        var host = Emulator[source];
        host.Journal.Clear();
        host.Faults.Add(new FaultRule { Name = "fault", Fault = fault, Match = match ?? new(), When = when ?? new() });
        return host;
    }

    private async Task<TokenFailure> FailAsync(EmulatedHost host, bool retries = false)
    {
        var result = await ClientOf(host, retries).TryGetTokenAsync(new TokenRequest(HostCalls.Vault), Ct);
        return result.Failure ?? throw new InvalidOperationException("There is a token.");
    }

    private ManagedIdentityClient ClientOf(EmulatedHost host, bool retries = false, TimeSpan? timeout = null) => new(new ManagedIdentityOptions
    {
        Environment = host.Environment,
        Handler = host.CreateHandler(),
        Cache = new TokenCache(),
        TimeProvider = faulty.Clock,
        Retries = retries,
        Timeout = timeout,
        Random = () => 0.5,
    });
}
