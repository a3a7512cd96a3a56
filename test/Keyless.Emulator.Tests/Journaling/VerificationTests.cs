using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Journaling;

public sealed class VerificationTests : IAsyncLifetime
{
    private const string Ask = "api-version=2018-02-01&resource=https://vault.azure.net";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new();
    private ManagedIdentityEmulator _emulator = null!;

    private EmulatedHost Vm => _emulator[SourceKind.Imds];

    [Fact]
    public async Task a_client_that_honours_retry_after_is_proved_in_three_lines()
    {
        Vm.Faults.Enqueue(Fault.TooManyRequests(2 * Second), times: 2);

        var client = new ManagedIdentityClient(new ManagedIdentityOptions
        { Environment = Vm.Environment, Handler = Vm.CreateHandler(), TimeProvider = _emulator.Clock });
        await _clock.RunAsync(() => client.GetTokenAsync("api://orders"), delay => delay < 5 * Second, TestContext.Current.CancellationToken);

        Vm.Journal.Verify(r => r.Leg == Leg.Token).Exactly(3).SpacedAtLeast(2 * Second);
    }

    [Fact]
    public async Task counts_are_verified_and_chain()
    {
        await AskAfterAsync(0, 1, 1);

        Vm.Journal.Verify(r => r.Status == 400).Exactly(3).AtLeast(3).AtMost(3).Between(1, 4);
        Vm.Journal.Verify(r => r.Status == 200).Never();
        Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().AtLeast(4));
        Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().AtMost(2));
        Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().Between(4, 5));
        Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().Never());
    }

    [Fact]
    public async Task gaps_are_verified_by_the_emulators_clock()
    {
        await AskAfterAsync(0, 1.1, 1.9, 4);

        Vm.Journal.Verify().SpacedAtLeast(Second).SpacedAbout(0.2, Second, 2 * Second, 4 * Second);
        var tooShort = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().SpacedAtLeast(2 * Second));
        Assert.Contains("gaps of at least 2 s", tooShort.Message, StringComparison.Ordinal);
        Assert.Contains("they are 1.1 s, 1.9 s, 4 s", tooShort.Message, StringComparison.Ordinal);
        Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().SpacedAbout(0.05, Second, 2 * Second, 4 * Second));
        Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().SpacedAbout(0.2, Second, 2 * Second));
    }

    [Fact]
    public async Task order_and_the_last_moment_are_verified()
    {
        await AskAfterAsync(0, 1);
        await Vm.GetAsync("resource=x");

        Vm.Journal.Verify()
            .InOrder(r => r.Resource is null, r => r.Resource == "x")
            .NothingAfter(_clock.Now);
        var order = Assert.Throws<JournalVerificationException>(
            () => Vm.Journal.Verify().InOrder(r => r.Resource == "x", r => r.Resource is null));
        Assert.Contains("none for filter 2 after #3", order.Message, StringComparison.Ordinal);
        var late = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().NothingAfter(_clock.Now - Second));
        Assert.Contains("#2, #3 came later", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_peak_of_concurrent_requests_is_verified()
    {
        Vm.Faults.Enqueue(Fault.Latency(Second), times: 3);
        var first = Vm.GetAsync(Ask, HostCalls.Metadata);
        var second = Vm.GetAsync(Ask, HostCalls.Metadata);
        await Vm.Journal.WaitForAsync(r => r.Status is null, 2, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await _clock.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        _clock.Advance(Second);
        await Task.WhenAll(first, second);

        Vm.Journal.Verify().PeakConcurrencyAtMost(2);
        var failure = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().PeakConcurrencyAtMost(1));
        Assert.Contains("at most 1 at once", failure.Message, StringComparison.Ordinal);
        Assert.Contains("there were 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_failed_filter_by_members_names_the_nearest_misses_and_what_differs()
    {
        Vm.Faults.Enqueue(Fault.TooManyRequests());
        await Vm.GetAsync(Ask, HostCalls.Metadata);
        await AskAfterAsync(1);
        await Vm.GetAsync($"{Ask}&client_id={_emulator.Identities.Single(identity => identity.Name == "orders").ClientId}", HostCalls.Metadata);

        var failure = Assert.Throws<JournalVerificationException>(() => Vm.Journal
            .Verify(new JournalFilter { Leg = Leg.Token, Status = 200, Identity = "vm", Resource = HostCalls.Vault })
            .Exactly(1));

        var lines = failure.Message.Split(Environment.NewLine);
        Assert.Equal(
            "Expected exactly 1 request to the host vm where leg is Token and status is 200 and identity is vm "
            + "and resource is https://vault.azure.net, but there were 0.",
            lines[0]);
        Assert.Equal(
            ["Nearest misses:", "  #3: identity is orders, not vm", "  #1: status is 429, not 200"],
            lines.SkipWhile(line => line != "Nearest misses:").Take(3));
        Assert.StartsWith("  #2: leg is Probe, not Token; status is 400, not 200; ", lines[5], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("GET /metadata/identity/oauth2/token  429", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_failed_filter_by_code_quotes_the_code_and_lists_what_there_was()
    {
        await AskAfterAsync(0);

        var failure = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify(r => r.Status == 418).Exactly(1));

        Assert.Contains("where r => r.Status == 418, but there were 0.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Not picked:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("400", failure.Message, StringComparison.Ordinal);
        Vm.Journal.Clear();
        Assert.Contains(
            "The journal is empty.",
            Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().Exactly(1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void a_failure_tells_the_seed_that_repeats_it()
    {
        var failure = Assert.Throws<JournalVerificationException>(() => Vm.Journal.Verify().Exactly(1));

        Assert.EndsWith(
            $"The seed was {_emulator.Seed}: as EmulatorOptions.Seed it repeats what the faults did.", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"The seed was {_emulator.Seed}:", Assert.Throws<JournalVerificationException>(
            () => _emulator.Journal.Verify(new JournalFilter { Status = 418 }).Exactly(1)).Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _emulator = await ManagedIdentityEmulator.StartAsync(
        new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _clock }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private async Task AskAfterAsync(params double[] seconds)
    {
        foreach (var pause in seconds)
        {
            _clock.Advance(pause * Second);
            await Vm.GetAsync("");
        }
    }
}
