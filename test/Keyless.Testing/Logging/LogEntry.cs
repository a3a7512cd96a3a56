using Microsoft.Extensions.Logging;

namespace Keyless.Testing;

/// <summary>What was logged once.</summary>
/// <param name="Category">The logger's name.</param>
/// <param name="Level">The level.</param>
/// <param name="EventId">The event's number and name.</param>
/// <param name="Message">The message as text.</param>
/// <param name="State">The values behind it, by the names of the template.</param>
/// <param name="Scopes">The scopes that were open, the outermost first.</param>
/// <param name="Exception">The exception that was logged with it.</param>
public sealed record LogEntry(
    string Category,
    LogLevel Level,
    EventId EventId,
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>> State,
    IReadOnlyList<string> Scopes,
    Exception? Exception)
{
    /// <summary>Every text that any log provider could write of it.</summary>
    public IEnumerable<string> Texts =>
        [Message, .. State.Select(value => $"{value.Key}={value.Value}"), .. Scopes, .. Exception is null ? [] : (string[])[Exception.ToString()]];

    /// <summary>A value of the template, or null.</summary>
    /// <param name="name">Its name.</param>
    public object? Value(string name) => State.FirstOrDefault(value => string.Equals(value.Key, name, StringComparison.Ordinal)).Value;

    /// <summary>Level, number and message.</summary>
    public override string ToString() => $"{Level} {EventId.Id}: {Message}";
}
