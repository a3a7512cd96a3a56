using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Keyless.Emulator.Tokens;

/// <summary>How one token differs from what it would be.</summary>
public sealed record TokenChange
{
    /// <summary>How long it lives, from the moment it is issued; negative for one that is over.</summary>
    /// <value>Default: null, as long as the emulator's tokens do.</value>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Claims that it gets beside or in place of the usual ones; null takes a claim out.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyDictionary<string, JsonNode?> Claims { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;
}
