namespace Keyless.Emulator.Configuration;

/// <summary>What options were read from.</summary>
/// <param name="File">The file. Null: none was read.</param>
/// <param name="Values">Every value, those that nobody has set included; secrets are not in it.</param>
internal sealed record ConfigurationSource(string? File, IReadOnlyList<ConfigurationValue> Values);
