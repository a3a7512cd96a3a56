using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Keyless.Cli.Execution;

/// <summary>Keeps signals from ending the tool before its child, and passes on those that the child has not got itself.</summary>
/// <remarks>
/// A signal that comes before there is a child waits for it; one that comes after it has no effect. The system starts a child before it
/// says so: what comes in between has the child got, too, if it was a key.
/// </remarks>
internal sealed class SignalRelay : IDisposable
{
    private const int Terminate = 15;

    private static readonly (PosixSignal Signal, int Number)[] Signals =
    [
        (PosixSignal.SIGHUP, 1),
        (PosixSignal.SIGINT, 2),
        (PosixSignal.SIGQUIT, 3),
        (PosixSignal.SIGTERM, Terminate),
    ];

    private readonly Lock _gate = new();
    private readonly List<int> _waiting = [];
    private readonly PosixSignalRegistration[] _registrations;
    private Process? _child;

    public SignalRelay()
    {
        // Who was started with a signal ignored, as by nohup, goes on ignoring it, and so does the child.
        var ignored = SignalState.Ignored();
        _registrations =
        [
            .. Signals
                .Where(each => !ignored.Contains(each.Number))
                .Select(each => PosixSignalRegistration.Create(each.Signal, context => Receive(context, each.Number))),
        ];
    }

    public void Attach(Process child)
    {
        lock (_gate)
        {
            _child = child;
            foreach (var number in _waiting)
                Send(number);
            _waiting.Clear();
        }
    }

    /// <summary>Asks the child to end.</summary>
    public void Stop() => Pass(Terminate);

    /// <summary>Must come before the child is disposed of.</summary>
    public void Detach()
    {
        lock (_gate)
            _child = null;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void Receive(PosixSignalContext context, int number)
    {
        context.Cancel = true;

        // One after the other, so that the child gets them in their order.
        lock (_gate)
        {
            // The terminal sends its keys' signals to the child as well; a second one might make it give up in the middle of its end.
            var isKey = context.Signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT;
            var isThere = _child is not null || SignalState.HasChild();
            if (!isKey || !isThere || !SignalState.IsInForeground())
                Pass(number);
        }
    }

    private void Pass(int number)
    {
        lock (_gate)
        {
            if (_child is null)
                _waiting.Add(number);
            else
                Send(number);
        }
    }

    private void Send(int number)
    {
        if (_child is not { HasExited: false } child)
            return;
        if (!OperatingSystem.IsWindows())
            _ = LibC.Kill(child.Id, number);
        else if (number == Terminate)
            child.Kill();
    }
}
