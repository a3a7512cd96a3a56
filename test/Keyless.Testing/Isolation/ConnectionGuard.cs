using System.Diagnostics.Tracing;

namespace Keyless.Testing;

/// <summary>
/// Ends the process when anything in it opens a connection to, or looks up, something that is not this machine.
/// No test may reach a real endpoint, and a test that would must not be able to pass.
/// </summary>
/// <remarks>
/// It listens to the runtime's own events, which are raised on the connecting thread before the system call, whatever
/// client makes the connection. What it does not see: datagrams sent without connecting, and child processes.
/// </remarks>
public sealed class ConnectionGuard : EventListener
{
    /// <summary>How the message that the process dies with begins.</summary>
    public const string Marker = "Keyless test isolation:";

    private const string Sockets = "System.Net.Sockets";
    private const string NameResolution = "System.Net.NameResolution";

    private static readonly Lock Installing = new();
    private static ConnectionGuard? _installed;

    private ConnectionGuard()
    {
    }

    /// <summary>Whether this process is guarded.</summary>
    public static bool IsInstalled => _installed is not null;

    /// <summary>Guards this process from now to its end. Later calls do nothing.</summary>
    /// <exception cref="InvalidOperationException">The runtime's event sources are switched off, so nothing would be seen.</exception>
    public static void Install()
    {
        lock (Installing)
        {
            if (AppContext.TryGetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", out var supported) && !supported)
                throw new InvalidOperationException("Event sources are switched off in this process; connections could not be guarded.");
            _installed ??= new ConnectionGuard();
        }
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        if (eventSource.Name is Sockets or NameResolution)
            EnableEvents(eventSource, EventLevel.Informational);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        var subject = eventData.Payload is [string first, ..] ? first : "";

        // An exception would be swallowed by the event source; only the end of the process is sure to be noticed.
        if (eventData is { EventSource.Name: Sockets, EventName: "ConnectStart" } && !ConnectionTarget.IsLocal(subject, out var address))
            Environment.FailFast($"{Marker} a connection to {address} would have left this machine.");
        if (eventData is { EventSource.Name: NameResolution, EventName: "ResolutionStart" } && !ConnectionTarget.IsLocalName(subject))
            Environment.FailFast($"{Marker} looking up '{subject}' would have left this machine.");
    }
}
