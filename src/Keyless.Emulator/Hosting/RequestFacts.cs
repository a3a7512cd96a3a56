using Keyless.Emulator.Identities;

namespace Keyless.Emulator.Hosting;

/// <summary>What can be said of a request before it is answered.</summary>
/// <param name="Leg">Which step of a client's work it is.</param>
/// <param name="Identity">The identity that it would get a token for.</param>
/// <param name="Resource">The resource that it asks for.</param>
internal sealed record RequestFacts(Leg Leg, EmulatedIdentity? Identity = null, string? Resource = null)
{
    /// <summary>What the request named the identity by; empty where it left the choice to the host.</summary>
    public IReadOnlyList<IdentitySelector> Selectors { get; init; } = [];

    public static RequestFacts Of(Leg leg, IdentityChoice choice, string? resource) =>
        new(leg, choice.Identity, resource) { Selectors = choice.Selectors };
}
