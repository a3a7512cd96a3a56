namespace Keyless.FleetSimulation;

/// <summary>What happens next. Of two events at the same instant the one that was added first comes first.</summary>
internal sealed class EventQueue(int capacity)
{
    private readonly PriorityQueue<int, (long Time, long Order)> _events = new(capacity);
    private long _order;

    public void Add(long time, int what) => _events.Enqueue(what, (time, _order++));

    public bool TryTake(long until, out long time, out int what)
    {
        if (_events.TryPeek(out what, out var priority) && priority.Time < until)
        {
            time = priority.Time;
            _events.Dequeue();
            return true;
        }

        (time, what) = (until, 0);
        return false;
    }
}
