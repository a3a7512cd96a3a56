namespace Keyless.Msal;

/// <summary>How well the key of a certificate-bound token is kept.</summary>
public enum MtlsBindingStrength
{
    /// <summary>Tokens are not bound.</summary>
    None = 0,

    /// <summary>By software.</summary>
    Software = 1,

    /// <summary>By the isolation of the hypervisor.</summary>
    KeyGuard = 3,
}
