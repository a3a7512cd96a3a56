namespace Keyless.Emulator.Configuration;

/// <summary>A value that differs between two configurations.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Before">What it was; null: it was not there.</param>
/// <param name="After">What it is; null: it is not there any more.</param>
public sealed record ConfigurationChange(string Path, string? Before, string? After)
{
    /// <summary>Such as <c>hosts[0].port: 0 → 8080</c>.</summary>
    public override string ToString() => $"{Path}: {Before ?? "(nothing)"} → {After ?? "(nothing)"}";

    /// <summary>What differs, in the later one's order; then what is gone.</summary>
    internal static IReadOnlyList<ConfigurationChange> Between(EmulatorConfiguration before, EmulatorConfiguration after)
    {
        var old = before.Values.ToDictionary(value => value.Path, value => value.Value, StringComparer.Ordinal);
        var now = after.Values.ToDictionary(value => value.Path, value => value.Value, StringComparer.Ordinal);
        return
        [
            .. after.Values
                .Where(value => old.GetValueOrDefault(value.Path) != value.Value)
                .Select(value => new ConfigurationChange(value.Path, old.GetValueOrDefault(value.Path), value.Value)),
            .. before.Values
                .Where(value => !now.ContainsKey(value.Path))
                .Select(value => new ConfigurationChange(value.Path, value.Value, null)),
        ];
    }
}
