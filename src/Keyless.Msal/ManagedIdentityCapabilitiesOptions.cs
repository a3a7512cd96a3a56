namespace Keyless.Msal;

/// <summary>How a machine's capabilities are found out.</summary>
public sealed class ManagedIdentityCapabilitiesOptions
{
    /// <summary>The time that it may take.</summary>
    /// <value>The default is null: 3 seconds.</value>
    public TimeSpan? CapabilityDiscoveryTimeout { get; set; }
}
