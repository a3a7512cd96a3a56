#nullable disable annotations

namespace Keyless.Msal;

/// <summary>What a machine was found to offer.</summary>
public sealed class ManagedIdentityCapabilities
{
    internal ManagedIdentityCapabilities(ManagedIdentitySource source, string errorReason)
    {
        Source = source;
        ErrorReason = errorReason;
    }

    /// <summary>The source; <see cref="ManagedIdentitySource.None"/> if there is none.</summary>
    public ManagedIdentitySource Source { get; }

    /// <summary>Why none was found; null if one was.</summary>
    public string ErrorReason { get; }

    /// <summary>How well this library can bind a token to the machine: not at all.</summary>
    /// <value>Always <see cref="MtlsBindingStrength.None"/>.</value>
    public MtlsBindingStrength MaxSupportedBindingStrength { get; } = MtlsBindingStrength.None;

    /// <summary>Whether tokens can be bound to a certificate.</summary>
    /// <value>Always false: this library gets bearer tokens only.</value>
    public bool IsMtlsPopSupportedByHost { get; }
}
