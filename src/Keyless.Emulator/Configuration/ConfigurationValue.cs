namespace Keyless.Emulator.Configuration;

/// <summary>One value of an effective configuration.</summary>
/// <param name="Path">Where it stands, such as <c>hosts[1].kind</c>.</param>
/// <param name="Value">The value as text; of a secret, only that there is one.</param>
/// <param name="Origin">Where it comes from.</param>
public sealed record ConfigurationValue(string Path, string Value, ConfigurationOrigin Origin);
