using System.Globalization;
using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Faults;

/// <summary>What is to go wrong: faults that wait in a queue, each for one request, and rules in an order.</summary>
/// <remarks>
/// Every host has one (<see cref="EmulatedHost.Faults"/>), and the emulator has one for all hosts and the authority
/// (<see cref="ManagedIdentityEmulator.Faults"/>). A request meets the first fault of: the host's queue, the emulator's queue, the
/// host's rules, the emulator's rules. Of the rules the first that fires counts; rules that only delay add their time and let the others
/// have their turn. Safe for use from any thread.
/// </remarks>
public sealed partial class FaultPlan
{
    private readonly object _gate = new();
    private readonly LinkedList<QueuedFault> _queue = [];
    private readonly List<RunningRule> _rules = [];
    private readonly string _owner;
    private readonly int _seed;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _startedAt;
    private readonly ScenarioState _state;

    internal FaultPlan(string owner, int seed, TimeProvider clock)
    {
        _owner = owner;
        _seed = seed;
        _clock = clock;
        _startedAt = clock.GetUtcNow();
        _state = new ScenarioState(_startedAt);
        Random = RandomOf("");
    }

    /// <summary>The rules, in their order.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_gate)
                return [.. _rules.Select(running => running.Rule)];
        }
    }

    /// <summary>The faults that still wait for a request, the next one first.</summary>
    public IReadOnlyList<Fault> Queue
    {
        get
        {
            lock (_gate)
                return [.. _queue.Select(queued => queued.Fault)];
        }
    }

    /// <summary>The randomness of what is drawn for no rule.</summary>
    internal Random Random { get; }

    /// <summary>Lets a fault happen once to a request, or to several, before any rule is looked at.</summary>
    /// <param name="fault">The fault. It waits for a request that it can show on: the flaw of a token for a token request.</param>
    /// <param name="times">To how many requests. At least 1.</param>
    /// <param name="match">Which requests. Null: any.</param>
    public void Enqueue(Fault fault, int times = 1, FaultMatch? match = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        lock (_gate)
        {
            for (var i = 0; i < times; i++)
                _queue.AddLast(new QueuedFault(fault, match ?? new FaultMatch()));
        }
    }

    /// <summary>Adds a rule behind the others.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="EmulatorException">There is a rule of that name, or a value is out of its range.</exception>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.Validate();
        lock (_gate)
            AddInside(rule);
    }

    /// <summary>Removes a rule, or all rules of a preset.</summary>
    /// <param name="name">The rule's or the preset's name.</param>
    /// <returns>False: there is none of that name.</returns>
    public bool Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_gate)
            return _rules.RemoveAll(running => Belongs(running.Rule.Name, name)) > 0;
    }

    /// <summary>Removes all rules, empties the queue and forgets the state.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
            _queue.Clear();
            _state.Enter(null, _clock.GetUtcNow());
        }
    }

    /// <summary>Adds the rules of a preset behind the others, in place of those that it added before: its time begins anew.</summary>
    /// <param name="preset">The preset's name, such as <c>throttled</c> (<see cref="FaultPresets.All"/>).</param>
    /// <exception cref="EmulatorException">There is none of that name.</exception>
    public void Apply(string preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        var found = FaultPresets.Find(preset) ?? throw new EmulatorException(
            $"There is no preset '{preset}'. Presets: {string.Join(", ", FaultPresets.All)}.");
        lock (_gate)
        {
            _rules.RemoveAll(running => Belongs(running.Rule.Name, preset));
            foreach (var rule in found.Rules)
                AddInside(rule);
        }
    }

    /// <summary>The first queued fault for a request. Null: none.</summary>
    internal Fault? TakeQueued(FaultOccasion occasion) =>
        TakeQueued(queued => !queued.Fault.IsOfConnection && queued.Fault.Suits(occasion.Facts.Leg) && queued.Match.Fits(occasion));

    /// <summary>What the rules have for a request: the delays, and the fault of the first rule that fires and does more.</summary>
    internal IReadOnlyList<FiredFault> Fire(FaultOccasion occasion) =>
        Fire(rule => !rule.Fault.IsOfConnection && rule.Fault.Suits(occasion.Facts.Leg) && rule.Match.Fits(occasion));

    /// <summary>What happens to a new connection. Null: nothing.</summary>
    internal Fault? TakeForConnection(string host, SourceKind? source) =>
        TakeQueued(queued => queued.Fault.IsOfConnection && queued.Match.FitsConnection(host, source))
        ?? Fire(rule => rule.Fault.IsOfConnection && rule.Match.FitsConnection(host, source)).LastOrDefault()?.Fault;

    private static bool Belongs(string rule, string name) =>
        rule == name || (rule.StartsWith(name, StringComparison.Ordinal) && rule[name.Length] == '/');

    private Fault? TakeQueued(Func<QueuedFault, bool> suits)
    {
        lock (_gate)
        {
            if (_queue.FirstOrDefault(suits) is not { } queued)
                return null;
            _queue.Remove(queued);
            return queued.Fault;
        }
    }

    private List<FiredFault> Fire(Func<FaultRule, bool> suits)
    {
        var fired = new List<FiredFault>();
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            _state.Settle(now);
            foreach (var running in _rules.Where(running => suits(running.Rule)))
            {
                if (!running.Fires(now, _startedAt, _state))
                    continue;

                Advance(running.Rule, now);
                fired.Add(new FiredFault(running.Rule.Name, running.Rule.Fault, running.Rule.Fault.Delay?.Draw(running.Random)));
                if (!running.Rule.Fault.LeavesAnswerAlone)
                    break;
            }
        }

        return fired;
    }

    private void AddInside(FaultRule rule)
    {
        if (_rules.Exists(running => running.Rule.Name == rule.Name))
        {
            throw new EmulatorException(
                $"{_owner} already has a fault rule '{rule.Name}'. Give the new one another name, or remove the old one first.");
        }

        _rules.Add(new RunningRule(rule, _clock.GetUtcNow(), RandomOf(rule.Name)));
    }

    // A rule draws from a sequence of its own, so that other rules and hosts do not change what it does.
    private Random RandomOf(string rule) =>
        new(BitConverter.ToInt32(StableGuid.Of(string.Create(CultureInfo.InvariantCulture, $"fault/{_seed}/{_owner}/{rule}")).ToByteArray()));

    private sealed record QueuedFault(Fault Fault, FaultMatch Match)
    {
        // Each place in the queue is its own, however many hold the same fault.
        public bool Equals(QueuedFault? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => base.GetHashCode();
    }
}

/// <summary>A fault whose turn it is.</summary>
/// <param name="Name">The rule's name; of a queued fault its kind.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Delay">The time that was drawn for it. Null: none passes.</param>
internal sealed record FiredFault(string Name, Fault Fault, TimeSpan? Delay);
