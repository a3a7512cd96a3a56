#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Takes the log as objects.</summary>
public interface IIdentityLogger
{
    /// <summary>Whether a level is wanted.</summary>
    /// <param name="eventLogLevel">The level.</param>
    bool IsEnabled(EventLogLevel eventLogLevel);

    /// <summary>Takes a line.</summary>
    /// <param name="entry">The line.</param>
    void Log(LogEntry entry);
}
