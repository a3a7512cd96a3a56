namespace Keyless.Emulator;

/// <summary>What tokens say of who issued them.</summary>
public enum IssuerProfile
{
    /// <summary>The emulator's own address, where a validator finds the discovery document.</summary>
    Local,

    /// <summary>
    /// Entra's addresses, for services that insist on them; a validator must be given the emulator's metadata address. The key is the
    /// emulator's all the same, so that nothing in Azure accepts the tokens.
    /// </summary>
    Entra,
}
