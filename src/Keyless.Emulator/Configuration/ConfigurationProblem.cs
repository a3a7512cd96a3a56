namespace Keyless.Emulator.Configuration;

/// <summary>Something in a configuration that cannot be used.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Path">What it is about, such as <c>hosts[1].kind</c>; empty for the whole of it.</param>
/// <param name="Text">What is wrong, and what is allowed. Never holds a secret.</param>
public sealed record ConfigurationProblem(ConfigurationOrigin Origin, string Path, string Text)
{
    /// <summary>A member that is in an object twice.</summary>
    internal static ConfigurationProblem Twice(ConfigurationOrigin origin, string path, ConfigurationOrigin first) =>
        new(origin, path, $"is there twice; the first one is in line {first.Line}. Take one out.");

    /// <summary>One line, such as <c>keyless.json:12:9: hosts[1].kind is "vms". Give one of vm, vmss.</c></summary>
    public override string ToString() => Path.Length > 0 ? $"{Origin}: {Path} {Text}" : $"{Origin}: {Text}";
}
