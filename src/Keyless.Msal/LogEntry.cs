#nullable disable annotations

namespace Keyless.Msal;

/// <summary>A line of the log.</summary>
public class LogEntry
{
    /// <summary>Its level.</summary>
    public EventLogLevel EventLogLevel { get; set; }

    /// <summary>Its text; never a token or another secret.</summary>
    public string Message { get; set; }

    /// <summary>The correlation id of the request that it belongs to; null if it belongs to none.</summary>
    public string CorrelationId { get; set; }
}
