namespace Keyless.Emulator;

/// <summary>A tenant that exists in the emulator only.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Id">Its id, the <c>tid</c> of its tokens.</param>
public sealed record EmulatedTenant(string Name, Guid Id);
