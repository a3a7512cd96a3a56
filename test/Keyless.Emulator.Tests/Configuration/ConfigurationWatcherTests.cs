using System.Threading.Channels;
using Keyless.Emulator.Configuration;
using Keyless.Emulator.Tests.Fleet;
using Keyless.Emulator.Tests.Support;
using Keyless.Testing;

namespace Keyless.Emulator.Tests.Configuration;

public sealed class ConfigurationWatcherTests : IAsyncLifetime
{
    private const string Before = """
        { "tokenLifetime": "1h", "hosts": [{ "name": "vm", "kind": "vm", "systemAssigned": false, "userAssigned": ["orders"] }] }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeClock _clock = new();
    private readonly Channel<ConfigurationReload> _reloads = Channel.CreateUnbounded<ConfigurationReload>();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private ManagedIdentityEmulator _emulator = null!;
    private Task _watching = null!;

    private string File => Path.Combine(_directory.Path, "keyless.json");

    public async ValueTask InitializeAsync()
    {
        Write(Before);
        var layers = new ConfigurationLayers { File = File };
        var configuration = EmulatorConfiguration.Read(layers);
        _emulator = await FleetCalls.StartAsync(configuration.Options);
        _watching = new ConfigurationWatcher(_emulator, configuration, layers, _clock)
            .RunAsync(reload => _reloads.Writer.TryWrite(reload), _stop.Token);
    }

    [Fact]
    public async Task a_changed_file_is_taken_once_it_stays_the_same_for_two_looks()
    {
        Write(Before.Replace("orders", "billing", StringComparison.Ordinal));
        await LookAsync();
        Write(Before.Replace("orders", "billing", StringComparison.Ordinal).Replace("1h", "2h", StringComparison.Ordinal));
        await LookAsync();
        Assert.Equal(["orders"], Assigned());
        await LookAsync();

        var reload = await _reloads.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Null(reload.Refusal);
        Assert.Equal(["tokenLifetime: 1h → 2h", "hosts[0].userAssigned: orders → billing"], reload.Changes.Select(change => change.ToString()));
        Assert.Equal(["billing"], Assigned());
    }

    [Theory]
    [InlineData("{", "1:2: This is no JSON.")]
    [InlineData("""{ "hosts": [{ "name": "vm", "kind": "vm", "userAssigned": ["x"] }] }""", "1:59: hosts[0].userAssigned names the identity 'x'")]
    [InlineData("""{ "authorityPort": 5000 }""", null)]
    public async Task a_wrong_file_changes_nothing_and_the_next_right_one_does(string text, string? problem)
    {
        Write(text);
        await LookAsync();
        await LookAsync();
        var refused = await _reloads.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var assigned = Assigned();
        Write(Before.Replace("orders", "billing", StringComparison.Ordinal));
        await LookAsync();
        await LookAsync();
        var taken = await _reloads.Reader.ReadAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith(
            problem is null ? "EmulatorOptions.AuthorityPort has changed from 0 to 5000. That needs a restart." : $"{File}:{problem}",
            refused.Refusal,
            StringComparison.Ordinal);
        Assert.Equal(["orders"], assigned);
        Assert.Null(taken.Refusal);
        Assert.Equal(["billing"], Assigned());
    }

    [Fact]
    public async Task a_file_that_is_gone_changes_nothing()
    {
        System.IO.File.Delete(File);
        await LookAsync();
        await LookAsync();

        var reload = await _reloads.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal($"{File}: There is no such file.", reload.Refusal);
        Assert.Equal(["orders"], Assigned());
    }

    [Fact]
    public async Task a_file_that_stays_the_same_is_not_taken_again()
    {
        Write(Before);
        await LookAsync();
        await LookAsync();
        await LookAsync();

        Assert.False(_reloads.Reader.TryRead(out _));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await _emulator.DisposeAsync();
        _stop.Dispose();
        _directory.Dispose();
    }

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private string[] Assigned() => [.. _emulator["vm"].AssignedIdentities.Select(identity => identity.Name)];

    // The timer of the next look is there once this one has done its work.
    private async Task LookAsync()
    {
        await _clock.AdvanceToTimerAsync(delay => delay == ConfigurationWatcher.Interval, TestContext.Current.CancellationToken);
        await _clock.WaitForTimerAsync(delay => delay == ConfigurationWatcher.Interval, TestContext.Current.CancellationToken);
    }
}
