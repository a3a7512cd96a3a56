using Keyless.Emulator.Faults;
using Keyless.Interop.Calls;
using Keyless.Interop.Tests.Clients;
using Keyless.Interop.Tests.Compatibility;
using Keyless.Interop.Tests.Support;

[assembly: AssemblyFixture(typeof(TroubledHosts))]

namespace Keyless.Interop.Tests.Support;

/// <summary>A virtual machine and a web app for each client, which answer with <see cref="Trouble"/> before they hand out tokens.</summary>
/// <remarks>A client's pauses are real time, so it runs on both at once, and the clients side by side.</remarks>
public sealed class TroubledHosts : IAsyncLifetime
{
    private readonly Dictionary<InteropClient, Task> _runs = [];
    private readonly Dictionary<(InteropClient Client, SourceKind Source, Trouble Trouble), TokenOutcome> _outcomes = [];
    private ManagedIdentityEmulator? _emulator;

    public async ValueTask InitializeAsync()
    {
        var hosts = RetryTable.Columns.Select(static column => HostDescription.For(column.Source) with { Name = NameOf(column) });
        _emulator = await ManagedIdentityEmulator.StartAsync(
            new EmulatorOptions { Hosts = [.. hosts] }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
            await _emulator.DisposeAsync();
    }

    /// <summary>How the client's call ended, and the seconds between its requests.</summary>
    internal async Task<(TokenOutcome Outcome, IReadOnlyList<double> Pauses)> MeetAsync(
        InteropClient client, SourceKind source, Trouble trouble)
    {
        client.Require();
        await RunAsync(client);

        var journal = _emulator![NameOf((client, source))].Journal;
        var times = journal.Entries
            .Where(request => request.Resource == trouble.Resource)
            .Select(static request => request.RealTime)
            .ToList();
        return (_outcomes[(client, source, trouble)], [.. times.Zip(times.Skip(1), static (one, next) => (next - one).TotalSeconds)]);
    }

    private Task RunAsync(InteropClient client)
    {
        lock (_runs)
        {
            if (!_runs.TryGetValue(client, out var run))
                _runs[client] = run = Task.WhenAll(RetryTable.Columns.Where(column => column.Client == client).Select(RunAsync));
            return run;
        }
    }

    private async Task RunAsync((InteropClient Client, SourceKind Source) column)
    {
        var host = _emulator![NameOf(column)];
        foreach (var trouble in Trouble.All)
            host.Faults.Enqueue(trouble.Fault, trouble.Times, new FaultMatch { Resource = trouble.Resource });

        TokenCall[] calls = [.. Trouble.All.Select(static trouble => new TokenCall(trouble.Resource, "system", null))];
        var outcomes = await column.Client.AskAsync(column.Source, host.Variables, calls);
        lock (_outcomes)
        {
            foreach (var (trouble, outcome) in Trouble.All.Zip(outcomes))
                _outcomes[(column.Client, column.Source, trouble)] = outcome;
        }
    }

    private static string NameOf((InteropClient Client, SourceKind Source) column) =>
        $"{column.Source}-{RetryTable.Columns.ToList().IndexOf(column)}";
}
