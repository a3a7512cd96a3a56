#nullable disable annotations

namespace Keyless.Msal;

/// <summary>An event for an <see cref="ITelemetryClient"/>. Nothing makes one here.</summary>
public abstract class TelemetryEventDetails
{
    /// <summary>Its name.</summary>
    public virtual string Name { get; set; }

    /// <summary>What it says.</summary>
    public virtual IReadOnlyDictionary<string, object> Properties => (IReadOnlyDictionary<string, object>)PropertyValues;

    /// <summary>What it says, to be filled.</summary>
    protected internal IDictionary<string, object> PropertyValues { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Sets a property.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its value.</param>
    public virtual void SetProperty(string key, string value) => Set(key, value);

    /// <inheritdoc cref="SetProperty(string, string)"/>
    public virtual void SetProperty(string key, long value) => Set(key, value);

    /// <inheritdoc cref="SetProperty(string, string)"/>
    public virtual void SetProperty(string key, bool value) => Set(key, value);

    /// <inheritdoc cref="SetProperty(string, string)"/>
    public virtual void SetProperty(string key, DateTime value) => Set(key, value);

    /// <inheritdoc cref="SetProperty(string, string)"/>
    public virtual void SetProperty(string key, double value) => Set(key, value);

    /// <inheritdoc cref="SetProperty(string, string)"/>
    public virtual void SetProperty(string key, Guid value) => Set(key, value);

    private void Set(string key, object value)
    {
        ArgumentNullException.ThrowIfNull(key);
        PropertyValues[key] = value;
    }
}
