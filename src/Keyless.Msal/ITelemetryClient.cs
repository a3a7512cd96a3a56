#nullable disable annotations

namespace Keyless.Msal;

/// <summary>Took events, in versions of MSAL.NET that sent some. Nothing is sent here.</summary>
public interface ITelemetryClient
{
    /// <summary>The client's own id.</summary>
    string ClientId { get; set; }

    /// <summary>Gets ready.</summary>
    void Initialize();

    /// <summary>Whether it takes events.</summary>
    bool IsEnabled();

    /// <summary>Whether it takes events of a name.</summary>
    /// <param name="eventName">The name.</param>
    bool IsEnabled(string eventName);

    /// <summary>Takes an event.</summary>
    /// <param name="eventDetails">The event.</param>
    void TrackEvent(TelemetryEventDetails eventDetails);

    /// <summary>Takes an event, as its parts.</summary>
    /// <param name="eventName">Its name.</param>
    /// <param name="stringProperties">Its texts.</param>
    /// <param name="longProperties">Its whole numbers.</param>
    /// <param name="boolProperties">Its truth values.</param>
    /// <param name="dateTimeProperties">Its times.</param>
    /// <param name="doubleProperties">Its other numbers.</param>
    /// <param name="guidProperties">Its ids.</param>
    void TrackEvent(
        string eventName,
        IDictionary<string, string> stringProperties = null,
        IDictionary<string, long> longProperties = null,
        IDictionary<string, bool> boolProperties = null,
        IDictionary<string, DateTime> dateTimeProperties = null,
        IDictionary<string, double> doubleProperties = null,
        IDictionary<string, Guid> guidProperties = null);
}
