using Keyless.Cli.Tests.Support;
using Keyless.Emulator;
using Keyless.Emulator.Faults;
using Keyless.Emulator.Journaling;
using Keyless.Testing;

namespace Keyless.Cli.Tests.Commands.Administration;

public sealed class JournalVerifyCommandTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private AdministeredEmulator _running = null!;

    [Fact]
    public async Task three_attempts_two_seconds_apart_are_verified_in_one_line()
    {
        var run = await _running.DoAsync(
            "journal", "verify", "--leg", "token", "--host", "vm", "--exactly", "3", "--spaced-at-least", "2s");

        Assert.Equal("It holds of 3 requests.\n", run.Output);
    }

    [Theory]
    [InlineData("--at-least 3 --at-most 3", "--at-least 4")]
    [InlineData("--between 1-3", "--between 4-5")]
    [InlineData("--identity orders --never", "--never")]
    [InlineData("--spaced-about 2s,3s", "--spaced-about 1s,1s")]
    [InlineData("--spaced-about 1800ms,3s --tolerance 20%", "--spaced-about 1800ms,3s --tolerance 0.01")]
    [InlineData("--concurrency-at-most 1", "--concurrency-at-most 0")]
    [InlineData("--in-order status=429,leg=token --in-order status=200", "--in-order status=200 --in-order status=429")]
    [InlineData("--nothing-after status=200", "--nothing-after status=429")]
    [InlineData("--nothing-after 2026-03-14T09:27:00Z", "--nothing-after 2026-03-14T09:26:53Z")]
    [InlineData("--source imds --method get --path /metadata/identity/oauth2/token --status 200 --exactly 1", "--source imds --method post --exactly 3")]
    public async Task what_holds_ends_with_0_and_what_does_not_with_7(string holding, string failing)
    {
        var good = await _running.RunAsync([.. "journal verify --leg token".Split(' '), .. holding.Split(' ')]);
        var bad = await _running.RunAsync([.. "journal verify --leg token".Split(' '), .. failing.Split(' ')]);

        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Equal((7, ""), (bad.ExitCode, bad.Output));
        Assert.StartsWith("Expected ", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_message_is_that_of_the_exception_in_process()
    {
        var run = await _running.RunAsync("journal", "verify", "--host", "vm", "--status", "200", "--exactly", "2");

        var failure = Assert.Throws<JournalVerificationException>(
            () => _running.Emulator["vm"].Journal.Verify(new JournalFilter { Status = 200 }).Exactly(2));
        Assert.Equal(failure.Message.ReplaceLineEndings("\n") + "\n", run.Error);
    }

    [Fact]
    public async Task its_json_is_the_answer_of_the_admin_api_and_the_exit_code_stays()
    {
        var run = await _running.RunAsync("journal", "verify", "--status", "200", "--exactly", "2", "--json");

        Assert.Equal((7, ""), (run.ExitCode, run.Error));
        Assert.False(run.Json.GetProperty("holds").GetBoolean());
        Assert.Equal(1, run.Json.GetProperty("found").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("nearest").GetArrayLength());
    }

    [Theory]
    [InlineData("--leg token", "Say what is expected, by one of --exactly")]
    [InlineData("--tolerance 0.2 --exactly 1", "--tolerance needs --spaced-about")]
    [InlineData("--exactly many", "--exactly is 'many'")]
    [InlineData("--exactly 1 --never", "never and exactly both say")]
    [InlineData("--between 3", "--between is '3'")]
    [InlineData("--spaced-about 1s --tolerance much", "--tolerance is 'much'")]
    [InlineData("--status all --never", "--status is 'all'")]
    [InlineData("--in-order 200", "'200' is no parameter")]
    [InlineData("--in-order state=200", "body.inOrder[0].state is unknown")]
    public async Task what_makes_no_sense_is_a_usage_error(string line, string message)
    {
        var run = await _running.RunAsync(["journal", "verify", .. line.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        _running = await AdministeredEmulator.StartAsync(new EmulatorOptions { Sources = [SourceKind.Imds], TimeProvider = _clock });
        var vm = _running.Emulator["vm"];
        vm.Faults.Enqueue(Fault.TooManyRequests(), times: 2);
        using var http = new HttpClient(vm.CreateHandler());
        http.DefaultRequestHeaders.Add("Metadata", "true");
        foreach (var pause in new[] { 0, 2, 3 })
        {
            _clock.Advance(TimeSpan.FromSeconds(pause));
            using var answer = await http.GetAsync(new Uri($"{vm.Endpoint}?api-version=2018-02-01&resource=api://orders"), TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _running.DisposeAsync();
}
