namespace Keyless.Emulator;

/// <summary>
/// Real tokens for some resources, in place of emulated ones. The emulator by itself has none to give; the package
/// <c>Keyless.Emulator.Passthrough</c> gets those of whoever is logged in to <c>az</c> or <c>azd</c>.
/// </summary>
/// <remarks>
/// Whatever it is, the emulator hands its tokens out on loopback addresses only and for the listed resources only, says so in each answer
/// and at the start, and writes them down nowhere.
/// </remarks>
public interface IPassthrough
{
    /// <summary>The resources that real tokens are handed out for, such as <c>https://vault.azure.net</c>; all others get emulated ones.</summary>
    IReadOnlyList<string> Resources { get; }

    /// <summary>Looks whether it can be meant as it is, before anything is opened.</summary>
    /// <exception cref="EmulatorException">It cannot; the message names the member at fault.</exception>
    void Validate();

    /// <summary>Begins to get tokens, for one emulator, which ends it.</summary>
    /// <param name="machine">The machine that the emulator runs on.</param>
    /// <param name="clock">The clock by which real tokens end: not the emulator's, which may be moved.</param>
    IPassthroughTokens Open(MachineEnvironment machine, TimeProvider clock);
}
