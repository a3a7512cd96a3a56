using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Keyless.Emulator.Tokens;

/// <summary>How one token differs from what it would be.</summary>
public sealed record TokenChange
{
    /// <summary>How long it lives, from the moment it is issued; negative for one that is over.</summary>
    /// <value>Default: null, as long as the emulator's tokens do.</value>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>When it becomes valid, from the moment it is issued; also what it says of when it was issued.</summary>
    /// <value>Default: null, five minutes earlier.</value>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>Whom it is for: its <c>aud</c>, as written here.</summary>
    /// <value>Default: null, the resource that was asked for.</value>
    public string? Audience { get; init; }

    /// <summary>The name of the managed identity that it is about, of the same tenant if there is one of that name.</summary>
    /// <value>Default: null, the one that was asked for.</value>
    public string? Identity { get; init; }

    /// <summary>Claims that it gets beside or in place of the usual ones; null takes a claim out.</summary>
    /// <value>Default: empty.</value>
    /// <remarks>They come after those of the emulator, the tenant and the identity. An answer's own fields do not follow them.</remarks>
    public IReadOnlyDictionary<string, JsonNode?> Claims { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;

    /// <summary>How far the clock that it is issued by is ahead of the emulator's.</summary>
    internal TimeSpan Skew { get; init; }

    /// <summary>What is wrong with it.</summary>
    /// <value>Default: null, nothing.</value>
    public TokenFlaw? Flaw { get; init; }
}
