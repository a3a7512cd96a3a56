namespace Keyless.Emulator.Hosting;

/// <summary>What can be said of a request before it is answered.</summary>
/// <param name="Leg">Which step of a client's work it is.</param>
/// <param name="Identity">The identity that it would get a token for.</param>
/// <param name="Resource">The resource that it asks for.</param>
internal sealed record RequestFacts(Leg Leg, EmulatedIdentity? Identity = null, string? Resource = null);
