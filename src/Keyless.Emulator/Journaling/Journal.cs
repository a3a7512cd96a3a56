using System.Runtime.CompilerServices;

namespace Keyless.Emulator.Journaling;

/// <summary>
/// The requests that came to a host, or to the whole emulator: the newest, up to <see cref="EmulatorOptions.JournalCapacity"/>.
/// </summary>
/// <remarks>Safe for use from any thread. It shows hashes in the place of tokens and secrets.</remarks>
public sealed partial class Journal
{
    private readonly object _gate = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly string _name;
    private readonly int _capacity;
    private readonly int _seed;
    private TaskCompletionSource? _change;
    private long _taken;

    internal Journal(string name, int capacity, int seed)
    {
        _name = name;
        _capacity = capacity;
        _seed = seed;
    }

    /// <summary>The requests, in the order of their arrival.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>How many requests it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>How many requests it has had to forget, because it was full.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Looks at the requests that a filter picks, to say what must hold of them.</summary>
    /// <param name="filter">Picks requests, such as <c>r => r.Leg == Leg.Token</c>.</param>
    /// <param name="expression">The filter's text, which the compiler fills in.</param>
    public JournalVerification Verify(
        Func<JournalEntry, bool> filter,
        [CallerArgumentExpression(nameof(filter))] string? expression = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new JournalVerification(_name, _seed, Entries, filter, expression ?? "the filter", structure: null);
    }

    /// <summary>
    /// Looks at the requests that a filter picks, to say what must hold of them; failures name what differs in the others.
    /// </summary>
    /// <param name="filter">Picks requests.</param>
    public JournalVerification Verify(JournalFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new JournalVerification(_name, _seed, Entries, filter.Matches, filter.ToString(), filter);
    }

    /// <summary>The same of some of the requests only; the others are not even near.</summary>
    internal JournalVerification Verify(JournalFilter filter, Func<JournalEntry, bool> among) =>
        new(_name, _seed, [.. Entries.Where(among)], filter.Matches, filter.ToString(), filter);

    /// <summary>Looks at all requests, to say what must hold of them.</summary>
    public JournalVerification Verify() => Verify(new JournalFilter());

    /// <summary>Takes the next request that has not been taken, waiting for it if need be.</summary>
    /// <remarks>A request that is still being answered is taken too; its status is then null.</remarks>
    /// <param name="timeout">How long to wait in real time, whatever the emulator's clock does.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<JournalEntry> TakeRequestAsync(TimeSpan timeout, CancellationToken ct = default)
    {
        JournalEntry? taken = null;
        await UntilAsync(
            () => (taken = TakeNext()) is not null,
            timeout,
            () => $"no request that had not been taken yet came to {_name}",
            ct).ConfigureAwait(false);
        return taken!;
    }

    /// <summary>Waits until the filter picks so many requests.</summary>
    /// <param name="filter">Picks requests. It sees those that are still being answered, too, whose status is null.</param>
    /// <param name="count">How many.</param>
    /// <param name="timeout">How long to wait in real time, whatever the emulator's clock does.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="expression">The filter's text, which the compiler fills in.</param>
    /// <returns>The requests, in the order of their arrival; more than asked for, if there are.</returns>
    /// <exception cref="TimeoutException">There were fewer. The message lists the requests.</exception>
    public async Task<IReadOnlyList<JournalEntry>> WaitForAsync(
        Func<JournalEntry, bool> filter,
        int count,
        TimeSpan timeout,
        CancellationToken ct = default,
        [CallerArgumentExpression(nameof(filter))] string? expression = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        JournalEntry[] found = [];
        await UntilAsync(
            () => (found = [.. Entries.Where(filter)]).Length >= count,
            timeout,
            () => $"{found.Length} of {count} requests came to {_name} where {expression}."
                + $"{Environment.NewLine}{JournalTable.Of(Entries)}",
            ct).ConfigureAwait(false);
        return found;
    }

    /// <summary>Forgets all requests. Numbers go on.</summary>
    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    /// <summary>Names the journal and counts its requests.</summary>
    public override string ToString() => $"Journal of {_name}: {Count} requests";

    internal void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count >= _capacity)
            {
                _entries.Dequeue();
                Forgotten++;
            }

            _entries.Enqueue(entry);
        }

        NoteChange();
    }

    internal void NoteChange()
    {
        TaskCompletionSource? change;
        lock (_gate)
        {
            change = _change;
            _change = null;
        }

        change?.SetResult();
    }

    private JournalEntry? TakeNext()
    {
        lock (_gate)
        {
            // Entries may come in a little out of the order of their numbers; the newest that was taken marks the place.
            var next = _entries.FirstOrDefault(entry => entry.Number > _taken);
            _taken = next?.Number ?? _taken;
            return next;
        }
    }

    private async Task UntilAsync(Func<bool> condition, TimeSpan timeout, Func<string> explain, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        while (true)
        {
            Task change;
            lock (_gate)
                change = (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (condition())
                return;

            try
            {
                await change.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Within {timeout.TotalSeconds:0.###} s {explain()}", exception);
            }
        }
    }
}
